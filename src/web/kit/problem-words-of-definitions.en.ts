// Words of problems with definitions and plans of migration, English.
export const ofDefinitions = {
  "definition-faulty": {
    title: "The definition has something to mend",
    text: "The check has found faults; see the list on the draft's page and mend them first.",
  },
  "draft-too-large": {
    title: "The draft is too large",
    text: "The files of one service may not exceed 256 kB. Shorten them, or make two services of it.",
  },
  "publication-dates": {
    title: "These days of validity can't be used",
    text: "The first day may not lie in the past, the last day not before the first.",
  },
  "legal-basis-missing": {
    title: "The legal basis is missing",
    text: "Name the text that rules this, with its number and date.",
  },
  "replacement-unknown": {
    title: "There is no such service to take its place",
    text: "Write the code of another service that is in force.",
  },
  "second-person-needed": {
    title: "A second person is needed",
    text: "Whoever wrote or proposed it may not publish it. Ask another keeper of the catalogue.",
  },
  "step-map-incomplete": {
    title: "The map of steps isn't right yet",
    text: "Each old step must lead to a step that the new version has, done by the same kind of person.",
  },
  "migration-needless": {
    title: "There is nothing to move",
    text: "The two versions are the same, or one of them can't run here.",
  },
  "migration-decided": {
    title: "This plan has been decided",
    text: "Somebody else has approved or dropped it. Load the page again.",
  },
} as const
