// The inbox as its owner sees it: each message is one press that marks it as read and leads to its case.
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Tag } from "#kit/tag.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { INBOX_PAGE, type InboxMessage } from "#notices"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

interface InboxProps {
  readonly frame: Frame
  readonly messages: readonly InboxMessage[]
  readonly unread: number
}

const inboxWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

export function InboxView({ frame, messages, unread }: InboxProps) {
  const t = inboxWords(frame)
  const last = messages.length === INBOX_PAGE ? messages.at(-1) : undefined
  return (
    <Layout frame={frame} title={t("title")} section="inbox">
      <Heading>{t("title")}</Heading>
      {unread > 0 && (
        <PostForm action={paths.myInbox()} csrf={frame.csrf} class="stack tight">
          <p>{t("unread", { count: unread })}</p>
          <Button kind="secondary" size="sm">
            {t("allRead")}
          </Button>
        </PostForm>
      )}
      {messages.length === 0 && <Empty>{t("empty")}</Empty>}
      <ul class="plain stack">
        {messages.map((message) => (
          <Message key={message.id} frame={frame} message={message} />
        ))}
      </ul>
      {last && (
        <a class="ds-link" href={`${paths.myInbox()}?before=${last.id}`}>
          {t("older")}
        </a>
      )}
    </Layout>
  )
}

function Message({ frame, message }: { frame: Frame; message: InboxMessage }) {
  const t = inboxWords(frame)
  const code = message.params.code
  return (
    <li class="card" id={message.id}>
      <p>
        {message.readAt === null && <Tag>{t("new")}</Tag>} <Moment frame={frame} value={message.sentAt} />
      </p>
      <p>{sentenceOf(frame, message)}</p>
      {(message.link !== null || message.readAt === null) && (
        <PostForm action={paths.myInbox()} csrf={frame.csrf}>
          <input type="hidden" name="id" value={message.id} />
          <Button kind="secondary" size="sm">
            {code === undefined ? t("openPlain") : t("open", { code: String(code) })}
          </Button>
        </PostForm>
      )}
    </li>
  )
}

/** The sentence of a message; of a code that this version doesn't know, a plain one. */
function sentenceOf(frame: Frame, message: InboxMessage): string {
  const key = `notice.${message.code}`
  const code = String(message.params.code ?? "")
  return inboxWords(frame)((key in vi ? key : "notice.other") as "notice.case-news", { code })
}
