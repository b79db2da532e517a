// Every limit of the form engine, named. A definition or an answer beyond one is refused.

/** Pages of one form. */
export const PAGES_MAX = 40
/** Fields of one form, those inside repeating groups counted once. */
export const FIELDS_MAX = 400
/** Registers' answers that one form may ask for. */
export const FETCHES_MAX = 30
/** Checks on one page. */
export const CHECKS_MAX = 40
/** Groups within groups. */
export const GROUP_DEPTH_MAX = 2
/** Entries of one repeating group, whatever its definition says. */
export const ENTRIES_MAX = 50
/** Characters of a field's id. */
export const ID_LENGTH_MAX = 80
/** Characters of a one-line text, unless the definition allows fewer or more (at most TEXT_LENGTH_CEILING). */
export const TEXT_LENGTH_MAX = 200
/** Characters of a text of several lines, unless the definition says otherwise. */
export const LONG_TEXT_LENGTH_MAX = 2000
/** Characters of any text, whatever the definition says. */
export const TEXT_LENGTH_CEILING = 20_000
/** Digits of a sum of money before the decimal point. */
export const MONEY_DIGITS_MAX = 18
/** Characters of a personal name. */
export const NAME_LENGTH_MAX = 100
/** Bytes of one file, unless the definition allows fewer. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024
/** Pages of one file, unless the definition allows fewer. */
export const FILE_PAGES_MAX = 200
/** Options of one choice. */
export const OPTIONS_MAX = 400
/** Places offered when a typed commune could be several. */
export const PLACES_MAX = 20
/** Faults reported of one definition. */
export const FAULTS_MAX = 100
