import type { RecordedDecision } from '../evidence/recorded-decision';

/** Different blocks that are counted apart; what comes beyond them is counted as missing. */
const MAX_KINDS = 1000;

/** Blocks that were too many to be recorded one by one. Instants are RFC 3339, UTC. */
export interface FoldedBlock {
  readonly caller: string;
  readonly code: string;
  readonly policy: string;
  readonly count: number;
  readonly from: string;
  readonly to: string;
}

/** Counts blocks by caller, code and policy. */
export interface FoldedBlocks {
  /** False: there are too many different ones, so it is not counted here. */
  add(record: RecordedDecision): boolean;
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
  const add = (added: FoldedBlock): boolean => {
    const key = keyOf(added);
    const known = kinds.get(key);
    if (known === undefined && kinds.size >= MAX_KINDS) return false;
    kinds.set(key, known === undefined ? added : united(known, added));
    return true;
  };
  return {
    add: ({ caller = '', block, at }) => {
      const { code = '', policy = '' } = block ?? {};
      return add({ caller, code, policy, count: 1, from: at, to: at });
    },
    take: () => {
      const taken = [...kinds.values()];
      kinds = new Map();
      return taken;
    },
    giveBack: (each) => {
      const key = keyOf(each);
      const known = kinds.get(key);
      kinds.set(key, known === undefined ? each : united(known, each));
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

/** The record of blocks that were folded. */
export function foldedJson(folded: FoldedBlock): string {
  return JSON.stringify({ version: 1, folded });
}
