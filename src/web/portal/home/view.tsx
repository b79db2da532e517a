// The home page: a big search, what can be done online at once, and services by what happens in life.
import { SearchBox } from "#kit/filters.tsx"
import { Icon, type IconName } from "#kit/icon.tsx"
import { Layout } from "#kit/layout.tsx"
import type { Frame } from "#platform/http"
import { type Words, wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export interface OnlineService {
  readonly code: string
  readonly name: string
  readonly summary: string
  readonly minutes: number | undefined
}

export interface LifeEvent {
  readonly id: string
  readonly name: string
  readonly count: number
}

interface HomeProps {
  readonly frame: Frame
  readonly online: readonly OnlineService[]
  readonly events: readonly LifeEvent[]
  readonly total: number
}

export function HomeView({ frame, online, events, total }: HomeProps) {
  const t = wordsOf(frame.lang, { vi, en })
  const banner = (
    <div class="hero">
      <div class="w stack">
        <h1>{t("question")}</h1>
        <SearchBox action={paths.search()} label={t("searchLabel")} button={t("search")} hint={t("hint")} />
      </div>
    </div>
  )
  return (
    <Layout frame={frame} title={t("question")} description={t("description")} section="services" banner={banner}>
      {online.length > 0 && (
        <section class="stack" aria-labelledby="online">
          <h2 id="online">{t("online")}</h2>
          <p class="subtle">{t("onlineLead")}</p>
          <ul class="tiles">
            {online.map((service) => (
              <li key={service.code}>
                <h3>
                  <a href={paths.service(service.code)}>{service.name}</a>
                </h3>
                <p>{service.summary}</p>
                {service.minutes !== undefined && (
                  <p class="small subtle">
                    <Icon name="clock" /> {t("minutes", { count: service.minutes })}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="stack" aria-labelledby="events">
        <h2 id="events">{t("events")}</h2>
        <ul class="events">
          {events.map((event) => (
            <li key={event.id}>
              <Icon name={iconOf(event.id)} />
              <div>
                <a href={paths.lifeEvent(event.id)}>{event.name}</a>
                <span class="small subtle">{t("eventCount", { count: event.count })}</span>
              </div>
            </li>
          ))}
        </ul>
        <p>
          <a class="ds-link" href={paths.search()}>
            {t("all", { count: total })}
          </a>
        </p>
      </section>
      <HowItWorks t={t} />
    </Layout>
  )
}

function HowItWorks({ t }: { t: Words<typeof vi> }) {
  const steps = [
    [t("how1"), t("how1Text")],
    [t("how2"), t("how2Text")],
    [t("how3"), t("how3Text")],
  ]
  return (
    <section class="stack" aria-labelledby="how">
      <h2 id="how">{t("how")}</h2>
      <ol class="how">
        {steps.map(([title, text]) => (
          <li key={title}>
            <h3>{title}</h3>
            <p class="subtle">{text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const icons: Readonly<Record<string, IconName>> = {
  birth: "child",
  marriage: "heart",
  death: "book",
  family: "person",
  moving: "home",
  documents: "file",
  correction: "check",
  loss: "search",
  age14: "id",
  digital: "shield",
  travel: "stack",
  driving: "car",
  work: "work",
  tax: "coin",
  business: "work",
  trade: "stack",
  property: "land",
  housing: "home",
  farm: "land",
  health: "plus",
  illness: "plus",
  retirement: "clock",
  welfare: "heart",
  dispute: "info",
}

const iconOf = (event: string): IconName => icons[event] ?? "file"
