// Words of the demo's identity provider, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Choose somebody to sign in as",
  notice: "This is a demonstration. All people and all data here are invented; there are no passwords.",
  citizens: "Citizens",
  toOfficials: "Go to the officials",
  officials: "Officials",
}
