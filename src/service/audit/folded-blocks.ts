import type { FoldedBlock } from '../evidence/folded-block';

/** Different blocks that are counted apart; what comes beyond them is counted as missing. */
const MAX_KINDS = 1000;

/** A block, as far as it is told from others; `at` is its instant, in RFC 3339, UTC. */
export interface BlockToFold extends Pick<FoldedBlock, 'caller' | 'code' | 'policy'> {
  readonly at: string;
}

/** Counts blocks by caller, code and policy. */
export interface FoldedBlocks {
  /** False: there are too many different ones, so it is not counted here. */
  add(block: BlockToFold): boolean;
  /** All that is counted, which begins anew. */
  take(): readonly FoldedBlock[];
  /** Puts back what could not be written. */
  giveBack(folded: FoldedBlock): void;
  /** How many there are. */
  total(): number;
}

/** Creates a count without blocks. */
export function createFoldedBlocks(): FoldedBlocks {
  let kinds = new Map<string, FoldedBlock>();
  const put = (key: string, added: FoldedBlock): void => {
    const known = kinds.get(key);
    kinds.set(key, known === undefined ? added : united(known, added));
  };
  return {
    add: ({ at, ...block }) => {
      const added = { ...block, count: 1, from: at, to: at };
      const key = keyOf(added);
      if (!kinds.has(key) && kinds.size >= MAX_KINDS) return false;
      put(key, added);
      return true;
    },
    take: () => {
      const taken = [...kinds.values()];
      kinds = new Map();
      return taken;
    },
    giveBack: (each) => {
      put(keyOf(each), each);
    },
    total: () => [...kinds.values()].reduce((sum, { count }) => sum + count, 0),
  };
}

function keyOf({ caller, code, policy }: FoldedBlock): string {
  return JSON.stringify([caller, code, policy]);
}

function united(one: FoldedBlock, other: FoldedBlock): FoldedBlock {
  return {
    ...one,
    count: one.count + other.count,
    from: one.from < other.from ? one.from : other.from,
    to: one.to > other.to ? one.to : other.to,
  };
}
