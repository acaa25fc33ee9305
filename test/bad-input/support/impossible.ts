import type { Category, Surface } from './matrix';

/** A cell that can have no case, and why. */
export interface ImpossibleCell {
  readonly category: Category;
  readonly surfaces: readonly Surface[];
  readonly reason: string;
}

/** All of them; a cell that is not here has a case. */
export const IMPOSSIBLE: readonly ImpossibleCell[] = [
  {
    category: 'not a file',
    surfaces: ['message', 'frame'],
    reason: 'it comes over a connection and never from a path',
  },
  {
    category: 'path',
    surfaces: ['policy', 'catalog', 'pack'],
    reason: 'no key of it names a file; its own path is the row `not a file`',
  },
  {
    category: 'expansion',
    surfaces: ['request', 'message'],
    reason: 'nothing in JSON or protobuf refers back, and compression belongs to the frames',
  },
  {
    category: 'deep',
    surfaces: ['frame'],
    reason: 'frames and headers hold no other ones',
  },
];
