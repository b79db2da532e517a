// The limits of a source, each with its name; those that a declaration can set have their default and their most.

const MINUTE_MS = 60_000

/** Declarations of one site, and what each may name. */
export const SOURCES_MAX = 200
export const COLUMNS_MAX = 200
export const PARAMETERS_MAX = 20
export const QUERY_LENGTH_MAX = 10_000

/** How long one question may take with all its tries; below the wait of another site that may be asking through us. */
export const WAIT_MS = 3_000
export const WAIT_MAX_MS = 4_500
/** How often a read is tried when it fails in a way that passes; the pause before another try is up to this, by chance. */
export const TRIES = 2
export const TRIES_MAX = 4
export const PAUSE_MAX_MS = 150
/** Questions at once, as many again may wait for their turn. */
export const AT_ONCE = 4
export const AT_ONCE_MAX = 32
/** Questions in a minute. */
export const PER_MINUTE = 600
export const PER_MINUTE_MAX = 60_000
/** Rows of one answer. */
export const ROWS = 50
export const ROWS_MAX = 1_000
/** Failures one after the other that open the breaker, and how long it stays open before one question tries. */
export const FAILURES_MAX = 5
export const OPEN_MS = 30_000
/** Bytes of one HTTP answer, and how deep its XML or JSON may nest. */
export const ANSWER_BYTES_MAX = 1024 * 1024
export const ANSWER_DEPTH_MAX = 32
/** An OpenAPI description. */
export const DESCRIPTION_BYTES_MAX = 5 * 1024 * 1024
/** Of a folder of CSV files. */
export const CSV_FILES_MAX = 100
export const CSV_BYTES_MAX = 64 * 1024 * 1024
export const CSV_ROWS_MAX = 500_000
export const CSV_CELL_LENGTH_MAX = 10_000
/** How often the folder is looked at. */
export const CSV_LOOK_MS = 1_000
/** Answers kept in memory by one source, and the longest that a country pack can allow. */
export const KEPT_MAX = 5_000
export const KEPT_SECONDS_MAX = 86_400
/** An idle connection to a database is given back. */
export const IDLE_MS = MINUTE_MS
/** A secret's file. */
export const SECRET_BYTES_MAX = 4 * 1024
