/** A search looks at each item of a list, of which there are at most MAX_INPUT_ITEMS. */
const LIST_SEARCH_COST = 256;

/** A text function reads each of its text's units at most a few times; they are fast steps. */
const TEXT_COST = 16;

/** An operator beside a constant reads one text of a bounded length, or one number. */
export const CONSTANT_COST = TEXT_COST;

/** Joining makes texts and lists longer than the bounds on inputs, so it is dear, and too dear in a macro. */
const JOIN_COST = 2048;

/**
 * Functions and operators that an expression may use, with the steps that one call takes at most. Left out are
 * those whose cost depends on a pattern or whose result depends on more than their arguments.
 */
export const CEL_FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ['_&&_', 1],
  ['_||_', 1],
  ['!_', 1],
  ['_?_:_', 1],
  ['_==_', LIST_SEARCH_COST],
  ['_!=_', LIST_SEARCH_COST],
  ['_<_', TEXT_COST],
  ['_<=_', TEXT_COST],
  ['_>_', TEXT_COST],
  ['_>=_', TEXT_COST],
  ['_+_', JOIN_COST],
  ['_-_', 1],
  ['_*_', 1],
  ['_/_', 1],
  ['_%_', 1],
  ['-_', 1],
  ['_[_]', 1],
  ['@in', LIST_SEARCH_COST],
  ['@not_strictly_false', 1],
  ['size', TEXT_COST],
  ['startsWith', TEXT_COST],
  ['endsWith', TEXT_COST],
  ['contains', TEXT_COST],
  ['int', TEXT_COST],
  ['double', TEXT_COST],
  ['string', TEXT_COST],
]);

/** Names that users write, for proposals. */
export const CEL_FUNCTION_NAMES: readonly string[] = [...CEL_FUNCTIONS.keys()].filter((name) =>
  /^[a-zA-Z]+$/u.test(name),
);

/** Functions whose result is no truth value: an expression that ends in one would always be an error. */
export const CEL_VALUE_FUNCTIONS: ReadonlySet<string> = new Set([
  '_+_',
  '_-_',
  '_*_',
  '_/_',
  '_%_',
  '-_',
  'size',
  'int',
  'double',
  'string',
]);
