/** UTF-16 units of one expression. A longer rule cannot be reviewed; split it into several. */
export const MAX_EXPRESSION_CHARS = 2048;

/**
 * Brackets open at once. Parsing recurses once for each, and how deep the stack allows differs between machines,
 * so that without a bound the same text would compile on one and not on another.
 */
export const MAX_EXPRESSION_DEPTH = 64;

/** Nodes of one expression after its macros are expanded; evaluation recurses once a level of them. */
export const MAX_EXPRESSION_NODES = 256;

/** Items of one list claim, and attributes of one request, that an expression looks at. */
export const MAX_INPUT_ITEMS = 256;

/** UTF-16 units of one text that an expression looks at. */
export const MAX_INPUT_CHARS = 4096;

/**
 * Steps that one evaluation may take at most, estimated from the text: a node is a step, a search in a list is
 * MAX_INPUT_ITEMS steps, a macro takes its body's steps for each item: of a list in brackets those that stand
 * there, of any other list MAX_INPUT_ITEMS. At this bound one evaluation stays within
 * milliseconds.
 */
export const MAX_EXPRESSION_COST = 200_000;
