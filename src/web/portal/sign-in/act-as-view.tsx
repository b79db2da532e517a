// The page of choosing whom one acts as.
import type { Session } from "#identity"
import { Button } from "#kit/button.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export function ActAsView({ frame, session }: { frame: Frame; session: Session }) {
  const t = wordsOf(frame.lang, { vi, en })
  const { actingAs, posts } = session
  const isNow = (agency: string, position: string) =>
    actingAs.kind === "official" && actingAs.agency === agency && actingAs.position === position
  return (
    <Layout frame={frame} title={t("title")}>
      <Heading level={1}>{t("title")}</Heading>
      <p>{t("lead")}</p>
      <PostForm action={paths.actAs()} csrf={frame.csrf}>
        <ul class="plain stack">
          <Choice
            value="citizen"
            name={t("asCitizen")}
            about={t("asCitizenAbout")}
            now={actingAs.kind === "citizen" && t("now")}
          />
          {posts.map((post) => (
            <Choice
              value={`${post.agency}/${post.position}`}
              name={textOf(frame, post.positionName)}
              about={textOf(frame, post.agencyName)}
              standIn={post.delegatedBy === null ? undefined : t("forColleague", { name: post.delegatedBy })}
              now={isNow(post.agency, post.position) && t("now")}
            />
          ))}
        </ul>
      </PostForm>
      {posts.length === 0 && <p>{t("noPosts")}</p>}
    </Layout>
  )
}

function Choice(of: { value: string; name: string; about: string; standIn?: string | undefined; now: string | false }) {
  return (
    <li class="card">
      <Button kind={of.now ? "primary" : "secondary"} name="as" value={of.value}>
        {of.name}
      </Button>
      <p>
        {of.about}
        {of.standIn && ` · ${of.standIn}`}
        {of.now && ` · ${of.now}`}
      </p>
    </li>
  )
}
