/** UTF-16 units of one configuration. One for 150 targets has some 500,000; a file of any size must not stop a check. */
export const MAX_CONFIG_CHARS = 16 * 1024 * 1024;

/** Words, marks, blanks and line breaks of one configuration; some 100 bytes of memory each. */
export const MAX_CONFIG_TOKENS = 2_000_000;

/** Levels of nesting, those that aliases repeat included. Envoy's own types nest some 40 deep; reading recurses. */
export const MAX_CONFIG_DEPTH = 100;

/** Values, those that aliases repeat included. One for 150 targets has some 150,000; rules look at each of them. */
export const MAX_CONFIG_VALUES = 2_000_000;
