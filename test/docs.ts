// The rules of the papers as functions over texts, so that a test of the tests can break each one.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path/posix"

export interface Paper {
  /** Path from the package root, with forward slashes. */
  path: string
  text: string
}

const SKIPPED = new Set(["node_modules", ".git", "dist", "data"])

/** Every file of the package whose name fits; what is installed, built or running is left out. */
export function papers(fits: RegExp, folder = "."): Paper[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = normalize(join(folder, entry.name))
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : papers(fits, path)
    return fits.test(path) ? [{ path, text: readFileSync(path, "utf8") }] : []
  })
}

/** The cells of every row of the tables of a Markdown text, heads and rulers left out. */
export function tableRows(markdown: string): string[][] {
  const lines = markdown.split("\n").map((line) => line.trim())
  return lines
    .filter((line, at) => line.startsWith("|") && !isRuler(line) && !isRuler(lines[at + 1] ?? ""))
    .map((line) =>
      line
        .replace(/^\||\|$/g, "")
        .split("|")
        .map((cell) => cell.trim()),
    )
}

const isRuler = (line: string): boolean => /^\|[\s|:-]+\|$/.test(line)

/** What stands between the first backticks of each row's first cell. */
const firstCodes = (markdown: string): string[] =>
  tableRows(markdown).flatMap((cells) => /`([^`]+)`/.exec(cells[0] ?? "")?.[1] ?? [])

/** Differences between what is and what is written down, as sentences. */
function differences(what: string, is: readonly string[], written: readonly string[]): string[] {
  return [
    ...[...new Set(is)].filter((one) => !written.includes(one)).map((one) => `${what} ${one} is not documented`),
    ...[...new Set(written)].filter((one) => !is.includes(one)).map((one) => `${what} ${one} is documented and gone`),
    ...written.filter((one, at) => written.indexOf(one) !== at).map((one) => `${what} ${one} is documented twice`),
  ]
}

type Words = Readonly<Record<string, { readonly title: string; readonly text: string } | undefined>>

/** Every problem code stands in the table with its status, and has words in every language. */
export function problemFaults(
  markdown: string,
  statuses: Readonly<Record<string, number>>,
  words: Readonly<Record<string, Words>>,
): string[] {
  const rows = tableRows(markdown).map((cells) => [/`([^`]+)`/.exec(cells[0] ?? "")?.[1] ?? "", Number(cells[1])] as const)
  const wrong = rows.filter(([code, status]) => code in statuses && statuses[code] !== status)
  const silent = Object.entries(words).flatMap(([lang, all]) =>
    Object.keys(statuses)
      .filter((code) => !all[code]?.title.trim() || !all[code]?.text.trim())
      .map((code) => `the problem ${code} has no words in ${lang}`),
  )
  const idle = Object.entries(words).flatMap(([lang, all]) =>
    Object.keys(all)
      .filter((code) => !(code in statuses))
      .map((code) => `words in ${lang} for ${code}, which is no problem`),
  )
  return [
    ...differences(
      "the problem",
      Object.keys(statuses),
      rows.map(([code]) => code),
    ),
    ...wrong.map(([code]) => `the problem ${code} is documented with another status than ${statuses[code]}`),
    ...silent,
    ...idle,
  ]
}

const VARIABLE = /\b(?:MOTLAN_[A-Z][A-Z_]*[A-Z]|DATABASE_(?:[A-Z]+_)?URL)\b/g

/** The variables that program texts name. */
export const variablesIn = (texts: readonly Paper[]): string[] =>
  [...new Set(texts.flatMap(({ text }) => text.match(VARIABLE) ?? []))].sort()

/** Every variable and option stands in the paper, and those that stand there are read somewhere. */
export function settingFaults(
  markdown: string,
  variables: readonly string[],
  testVariables: readonly string[],
  options: readonly string[],
): string[] {
  const written = [...new Set(markdown.match(VARIABLE) ?? [])]
  const writtenOptions = [...new Set([...markdown.matchAll(/`--([a-z-]+)/g)].map((found) => found[1]!))]
  const forTests = written.filter((one) => testVariables.includes(one) && !variables.includes(one))
  return [
    ...differences("the variable", [...variables, ...forTests], written),
    ...differences("the option", options, writtenOptions),
  ]
}

/** The commands that the program's own dispatcher knows. */
export const commandsIn = (main: string): string[] => [...main.matchAll(/^ {4}case "([a-z-]+)":/gm)].map((found) => found[1]!)

/** Every command stands in the paper's table as `motlan NAME …`, and no other. */
export const commandFaults = (markdown: string, commands: readonly string[]): string[] =>
  differences("the command", commands, [
    ...new Set(firstCodes(markdown).flatMap((code) => /^motlan ([a-z-]+)/.exec(code)?.[1] ?? [])),
  ])

type Events = Readonly<Record<string, { readonly details: readonly string[] }>>

/** Every audit event stands in the table with exactly its details. */
export function eventFaults(markdown: string, events: Events): string[] {
  const rows = tableRows(markdown).map((cells) => ({
    event: /`([^`]+)`/.exec(cells[0] ?? "")?.[1] ?? "",
    details: [...(cells[2] ?? "").matchAll(/`([^`]+)`/g)].map((found) => found[1]!),
  }))
  const wrong = rows.filter(({ event, details }) => event in events && details.join() !== events[event]!.details.join())
  return [
    ...differences(
      "the event",
      Object.keys(events),
      rows.map(({ event }) => event),
    ),
    ...wrong.map(({ event }) => `the event ${event} is documented with other details`),
  ]
}

/** The names of measures in a text for Prometheus. */
export const metricsIn = (exposition: string): string[] => [...exposition.matchAll(/^# TYPE (\S+)/gm)].map((found) => found[1]!)

/** Every measure stands in the table, and no other. */
export const metricFaults = (markdown: string, metrics: readonly string[]): string[] =>
  differences("the measure", metrics, firstCodes(markdown))

/** Every `npm run NAME`, `npm start` and `npm test` that a paper tells to type exists. */
export function scriptFaults(texts: readonly Paper[], scripts: readonly string[]): string[] {
  return texts.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm (?:run (?:-s )?([a-z][a-z:-]*)|(start|test)\b)/g)]
      .map((found) => found[1] ?? found[2]!)
      .filter((name) => !scripts.includes(name))
      .map((name) => `${path} tells to run ${name}, which package.json has not`),
  )
}

/** Every relative link leads to a file, and every heading that it names is there. */
export function linkFaults(texts: readonly Paper[], exists: (path: string) => boolean = existsSync): string[] {
  return texts.flatMap(({ path, text }) =>
    [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((found) => found[1]!)
      .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
      .filter((target) => !exists(normalize(join(dirname(path), target.split("#")[0]!))))
      .map((target) => `${path} leads to ${target}, which is not there`),
  )
}

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "")

const FOLDERS = /^(?:src|test|bench|docs|db|countries|\.ci)\//

/** Every file that a paper names in backticks, by its whole path from the package root, is there. */
export function namedFileFaults(texts: readonly Paper[], exists: (path: string) => boolean = existsSync): string[] {
  return texts.flatMap(({ path, text }) =>
    [...text.matchAll(/`([^`\s]+)`/g)]
      .map((found) => found[1]!)
      .filter((name) => FOLDERS.test(name) && !/[*{}<>…]|NNNN|CODE/.test(name))
      .filter((name) => !exists(name.replace(/[#:].*$/, "")))
      .map((name) => `${path} names ${name}, which is not there`),
  )
}

/** Where somebody worked and from where packages came is no part of the product. */
const FOREIGN = [
  /(?<![\w.-])\/(?:work|root|home\/[a-z]+|Users\/[a-z]+)\/[\w.-]/i,
  /\/tmp\/brief/,
  /registry\.(?:npmjs|yarnpkg)\.\w+|npm\.pkg\.github\.com|pypi\.org\/simple/,
]

/** The texts speak of the product alone: no path of a machine, no host of a registry. */
export function foreignFaults(texts: readonly Paper[]): string[] {
  return texts.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, at) =>
        FOREIGN.some((one) => one.test(line)) ? [`${path}:${at + 1} speaks of a machine: ${line.trim().slice(0, 80)}`] : [],
      ),
  )
}

/** Decisions are numbered from 1 without gap, and each says context, decision and price. */
export function decisionFaults(texts: readonly Paper[]): string[] {
  const numbers = texts.map(({ path }) => Number(/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1])).sort((a, b) => a - b)
  const gaps = numbers
    .filter((n, at) => n !== at + 1)
    .slice(0, 1)
    .map((n) => `the decisions are not numbered one by one: see ${n}`)
  const poor = texts.filter(
    ({ text }) => !/^# \d+\. /.test(text) || !/^Context: /m.test(text) || !/^Decision: /m.test(text) || !/^Price: /m.test(text),
  )
  return [...gaps, ...poor.map(({ path }) => `${path} lacks its number, context, decision or price`)]
}
