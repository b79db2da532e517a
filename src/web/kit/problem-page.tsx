// The page of a problem: what happened, what to do, and for the unknown a number to quote.
import type { Frame } from "#platform/http"
import type { Problem } from "#platform/problem"
import { paths } from "../paths.ts"
import { ButtonLink } from "./button.tsx"
import { Layout } from "./layout.tsx"
import { problemWords } from "./problem-words.ts"
import { Lead } from "./text.tsx"
import { kitWords } from "./words.ts"

export function ProblemPage({ frame, problem, reference }: { frame: Frame; problem: Problem; reference: string | undefined }) {
  const t = kitWords(frame)
  const words = problemWords(frame.lang, problem)
  return (
    <Layout frame={frame} title={words.title}>
      <h1>{words.title}</h1>
      <Lead>{words.text}</Lead>
      {reference && (
        <p class="read">
          {t("reference")}: <strong class="num">{reference}</strong>. {t("referenceHint")}
        </p>
      )}
      <p class="row">
        {problem.code === "not-signed-in" ? (
          <ButtonLink href={paths.signIn(frame.url)}>{t("signIn")}</ButtonLink>
        ) : (
          <ButtonLink href={paths.home()}>{t("toHome")}</ButtonLink>
        )}
      </p>
    </Layout>
  )
}
