// Limits of what is seen of the exchange.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How often the figures of ended minutes are kept. */
export const FIGURES_EVERY_MS = MINUTE_MS
/** Figures by the minute are kept so long, then by the hour. */
export const MINUTES_KEPT_MS = 3 * HOUR_MS
/** Figures by the hour are kept so long. */
export const FIGURES_KEPT_MS = 90 * 24 * HOUR_MS
/** Hours that one round takes together; the rest follows in the next. */
export const HOURS_AT_ONCE = 24
/** Services and contracts on one page of the catalogue. */
export const CATALOGUE_PAGE = 50
/** Records on one page of the operator's log. */
export const RECORDS_PAGE = 50
/** So long after an exchange a checkpoint may not stand over it yet. */
export const CHECKPOINT_WAIT_MS = 30_000
/** Body and address of a trial. */
export const TRIAL_BODY_MAX_CHARS = 20_000
export const TRIAL_PATH_MAX_CHARS = 1_000
/** Until a trial must be answered. */
export const TRIAL_WAIT_MAX_MS = 15_000
