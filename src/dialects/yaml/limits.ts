/**
 * Bytes of UTF-8 in one file. The largest known catalog (5,307 targets with nine claims each) needs a third of it.
 * While a file is read it takes about sixty times its size in memory, so larger catalogs are split.
 */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/**
 * Words and marks (keys, values, `-`, `:`, brackets, commas) in one file. The largest known catalog has 325,000 of them;
 * each takes up to 700 bytes while it is read.
 */
export const MAX_WORDS = 700_000;

/** Words, marks and what stands between them (blanks, line breaks, indentations) in one file; some 100 bytes each. */
export const MAX_TOKENS = 2_500_000;

/** Documents in one file; each takes some 5,000 bytes while it is read, however short it is. */
export const MAX_DOCUMENTS = 20_000;

/** Levels of nesting. The deepest key of any dialect stands at level 12; parsing recurses once a level. */
export const MAX_DEPTH = 32;

/** Findings shown for one file. More of them are noise: the count of those left out is reported. */
export const MAX_FINDINGS = 100;

/** UTF-16 units in one text value. Names and messages are far shorter, and all of them are kept in memory. */
export const MAX_TEXT_CHARS = 4096;

/** UTF-16 units of user input that a message repeats. */
export const MAX_QUOTED_CHARS = 60;

/** Times that a file with syntax errors is mended and parsed again, each time to find the next error. */
export const MAX_REPAIR_ROUNDS = 20;

/** UTF-16 units that mending a file with syntax errors parses in all; a large file has fewer rounds. */
export const MAX_REPAIR_CHARS = 1024 * 1024;
