import { formatPosition } from '../../core/model/source-position';
import type { ValueReader } from '../yaml/reader';

/**
 * One block that a pack may state in one of several positions, because the documents show both. In more than one
 * it is an error: which of them holds would be a guess.
 */
export function fromOnePlace(
  ...places: readonly (ValueReader | undefined)[]
): ValueReader | undefined {
  const [first, ...others] = places.filter((place) => place !== undefined);
  for (const other of others) {
    if (first === undefined) break;
    const message = `${other.name} states what ${first.name} states at ${formatPosition(first.label.position)}`;
    other.report.error('contradiction', other.label, message, {
      help: 'keep one of the two',
      related: { at: first.label, message: 'the other stands here' },
    });
  }
  return first;
}
