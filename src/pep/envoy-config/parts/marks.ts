/** The header that a hop sets where it has written the model into the body; the strip above keeps clients from it. */
export const REWRITTEN = 'x-ambit-rewritten';

/** The header that a hop sets where it has kept only the listed fields of the body. */
export const CLEARED = 'x-ambit-cleared';

/** A change of headers that sets a mark. */
export function mark(header: string): string {
  return `[{ append: { header: { key: ${header}, value: done }, append_action: OVERWRITE_IF_EXISTS_OR_ADD } }]`;
}
