// Words of delegations, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Delegations",
  lead: "While somebody is away, the holder of a position or a leader may let a colleague of the same agency stand in for a time. When the time is over the authority is gone at once.",
  list: "Delegations of the agency",
  none: "There are no delegations yet.",
  position: "Position",
  giver: "Holder",
  receiver: "Stand-in",
  from: "From",
  until: "Until the end of",
  reason: "Reason",
  reasonHint: "For example leave or travel on duty. The reason is kept.",
  state: "State",
  running: "Running",
  coming: "Not begun",
  over: "Over",
  ended: "Ended",
  end: "End",
  endOf: "End the delegation from {giver} to {receiver}",
  new: "New delegation",
  whose: "Position and holder",
  choose: "Choose",
  give: "Delegate",
  nothingToGive: "You have no position to delegate: what is held for somebody else can't be handed on.",
}
