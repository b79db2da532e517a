// A service's page: what it is, what it takes and costs, what to prepare, and the way in.
import type { ServicePage } from "#catalogue"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Icon } from "#kit/icon.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Facts } from "#kit/summary-list.tsx"
import { Tag } from "#kit/tag.tsx"
import { Lead } from "#kit/text.tsx"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { PapersView } from "./papers.tsx"
import { Particulars } from "./particulars.tsx"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export function ServiceView({ frame, page }: { frame: Frame; page: ServicePage }) {
  const t = wordsOf(frame.lang, { vi, en })
  const trail = [{ name: page.field, href: paths.search(page.field) }]
  return (
    <Layout frame={frame} title={page.name} description={page.summary ?? page.name} section="services" trail={trail}>
      <div class="cols">
        <div class="stack">
          <h1>{page.name}</h1>
          {page.summary && <Lead>{page.summary}</Lead>}
          {page.officialName && <p class="subtle small">{t("officialName", { name: page.officialName })}</p>}
          <WayIn frame={frame} page={page} />
        </div>
        <aside>
          <FactsOf frame={frame} page={page} />
        </aside>
        <div class="stack">
          <PapersView frame={frame} papers={page.papers.list} />
          {page.steps.length > 0 && (
            <section class="stack" aria-labelledby="steps">
              <h2 id="steps">{t("steps")}</h2>
              <ol class="steps">
                {page.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </section>
          )}
          <Particulars frame={frame} page={page} />
        </div>
      </div>
    </Layout>
  )
}

function WayIn({ frame, page }: { frame: Frame; page: ServicePage }) {
  const t = wordsOf(frame.lang, { vi, en })
  if (!page.level.online) {
    return (
      <Alert title={t("notOnline")}>
        <p>{t("notOnlineText", { where: page.authority.name })}</p>
      </Alert>
    )
  }
  return (
    <PostForm action={paths.start(page.code)} csrf={frame.csrf} class="stack tight">
      <p class="row">
        <Button size="lg" icon="arrow">
          {t("start")}
        </Button>
        <Tag tone="success">{page.level.name}</Tag>
      </p>
      <p class="subtle small">
        <Icon name="lock" /> {t("startHint")}
      </p>
    </PostForm>
  )
}

function FactsOf({ frame, page }: { frame: Frame; page: ServicePage }) {
  const t = wordsOf(frame.lang, { vi, en })
  const { cost, time, authority, level } = page
  const rows = [
    ...(level.online ? [{ label: t("minutesLabel"), value: t("minutes", { count: page.minutes }) }] : []),
    { label: t("timeLabel"), value: time.words, more: time.cutoff },
    { label: t("costLabel"), value: cost.words, more: cost.note },
    { label: t("authorityLabel"), value: authority.name },
    ...(page.results[0] ? [{ label: t("resultLabel"), value: page.results.map((r) => r.name).join("; ") }] : []),
    { label: t("levelLabel"), value: level.name, more: level.meaning },
  ]
  return <Facts rows={rows} />
}
