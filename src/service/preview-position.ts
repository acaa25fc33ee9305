import type { SourcePosition } from '../core/model/source-position';

/** A place as documents show it: what a dialect knows beside it, such as where the word ends, is left out. */
export function placeOf({ file, line, column }: SourcePosition): SourcePosition {
  return { file, line, column };
}
