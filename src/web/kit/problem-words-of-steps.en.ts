// Words of problems with steps of a case: questions to other agencies, fees, English.
export const ofSteps = {
  "consultation-not-found": {
    title: "This question isn't there",
    text: "It may be for another agency or for another role.",
  },
  "consultation-closed": {
    title: "This question is open no more",
    text: "It has been answered, or the case has gone on.",
  },
  "payment-not-due": {
    title: "No fee is owed",
    text: "This case has no fee to be paid now.",
  },
  "payment-differs": {
    title: "The fee was recorded under another reference",
    text: "Look at the receipt that stands with the case.",
  },
  "reference-missing": {
    title: "Please give the reference",
    text: "Write the number of the receipt or of the bank's message, at most 100 characters.",
  },
}
