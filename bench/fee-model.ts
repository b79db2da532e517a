// A decision model for the benchmarks: a fee by age and household.

/** The cells of a row: a range of two years, and every other time some households only. */
export const feeCells = (row: number): readonly [string, string] => [
  `[${row * 2}..${row * 2 + 2})`,
  row % 2 === 0 ? '"poor"' : "-",
]

/** A table whose rows are ranges of two years, every other for some households only; its fees rise by `step`. */
export function feeModel(count: number, step = 10): string {
  const rows = Array.from({ length: count }, (_, i) => {
    return `<rule>${feeCells(i)
      .map((cell) => `<inputEntry><text>${cell}</text></inputEntry>`)
      .join("")}<outputEntry><text>${i * step}</text></outputEntry></rule>`
  })
  const input = (name: string, type: string) =>
    `<inputData id="${name}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`
  const need = (name: string) => `<informationRequirement><requiredInput href="#${name}"/></informationRequirement>`
  const column = (name: string, type: string) =>
    `<input><inputExpression typeRef="${type}"><text>${name}</text></inputExpression></input>`
  const table = `<decisionTable>${column("age", "number")}${column("kind", "string")}<output/>${rows.join("")}</decisionTable>`
  const decision = `<decision id="fee" name="fee"><variable name="fee"/>${need("age")}${need("kind")}${table}</decision>`
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">${input("age", "number")}${input("kind", "string")}${decision}</definitions>`
}
