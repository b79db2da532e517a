// The drawing of the process of one's own case, on a page of its own: it is as heavy as all the rest of the case.
import type { CaseCourse, CaseFile } from "#cases"
import { ProcessDrawing } from "#kit/case/course.tsx"
import { caseWords } from "#kit/case/words.ts"
import { Layout } from "#kit/layout.tsx"
import { Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { myCaseWords } from "./list-view.tsx"

interface ProcessProps {
  readonly frame: Frame
  readonly file: CaseFile
  readonly course: CaseCourse
}

export function ProcessView({ frame, file: { dossier, service }, course }: ProcessProps) {
  const title = caseWords(frame)("diagram")
  const name = textOf(frame, service.definition.shortName ?? service.definition.name)
  const trail = [
    { name: myCaseWords(frame)("title"), href: paths.myCases() },
    { name, href: paths.caseOf(dossier.id) },
  ]
  return (
    <Layout frame={frame} title={`${title}: ${name} ${dossier.code}`} section="cases" trail={trail}>
      <div class="stack">
        <p class="subtle num">{dossier.code}</p>
        <Heading>{title}</Heading>
        <ProcessDrawing frame={frame} service={service} course={course} />
      </div>
    </Layout>
  )
}
