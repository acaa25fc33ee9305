/** Bytes of one policy file. The largest known catalog (5,307 models) has about 4 MB; twice that is room enough. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Policy files in one directory: more is a wrong path, such as a home directory. */
export const MAX_DIRECTORY_FILES = 2048;

/** Milliseconds between two looks at all sources, for changes that the system does not tell. */
export const POLL_INTERVAL_MS = 1000;

/** Milliseconds of silence after a change before it is read: an editor or a rollout makes several in a row. */
export const SETTLE_MS = 50;

/** Milliseconds after which a change is read even though there is no silence. */
export const SETTLE_AT_MOST_MS = 500;

/** Bytes of one line of a log. Records of thousands of candidates have some hundred thousand; more is no line of ours. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;

/** Bytes of a log that are read at once: enough lines for one turn, few enough to wait for. */
export const LOG_PIECE_BYTES = 256 * 1024;
