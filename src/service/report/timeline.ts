import type { Outcome } from '../../core/model/decision';
import { instantText } from '../json-values';
import type { Outcomes, TimeSlice } from './audit-report';

/** Most slices, so that a chart of them can be read, and memory is bounded whatever the times are. */
const MAX_SLICES = 60;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Decisions over time. Slices become as long as they must so that there are not too many. */
export interface Timeline {
  add(atMs: number, outcome: Outcome): void;
  /** From the first decision to the last, those without one too. */
  slices(): readonly TimeSlice[];
}

type Counts = Record<keyof Outcomes, number>;

/** Creates a timeline without decisions. */
export function createTimeline(): Timeline {
  let width = HOUR_MS;
  let counts = new Map<number, Counts>();
  const widen = (): void => {
    const wider = widerThan(width);
    const merged = new Map<number, Counts>();
    for (const [index, each] of counts) {
      addTo(merged, Math.floor((index * width) / wider), each);
    }
    [width, counts] = [wider, merged];
  };
  return {
    add: (atMs, outcome) => {
      addTo(counts, Math.floor(atMs / width), { ...none(), decisions: 1, [outcome]: 1 });
      while (spanOf(counts) > MAX_SLICES) widen();
    },
    slices: () => slicesOf(counts, width),
  };
}

/** An hour, six, a day, and then twice as many days each time. */
function widerThan(width: number): number {
  if (width === HOUR_MS) return 6 * HOUR_MS;
  return width < DAY_MS ? DAY_MS : 2 * width;
}

function addTo(counts: Map<number, Counts>, index: number, added: Counts): void {
  const known = counts.get(index) ?? none();
  for (const name of NAMES) known[name] += added[name];
  counts.set(index, known);
}

const NAMES = ['decisions', 'allow', 'warn', 'block'] as const;

function none(): Counts {
  return { decisions: 0, allow: 0, warn: 0, block: 0 };
}

function spanOf(counts: ReadonlyMap<number, unknown>): number {
  return Math.max(...counts.keys()) - Math.min(...counts.keys()) + 1;
}

function slicesOf(counts: ReadonlyMap<number, Counts>, width: number): readonly TimeSlice[] {
  if (counts.size === 0) return [];
  const first = Math.min(...counts.keys());
  return Array.from({ length: spanOf(counts) }, (_, offset) => {
    const index = first + offset;
    const [from, to] = [index * width, (index + 1) * width].map(instantText);
    return { from: from ?? '', to: to ?? '', counts: counts.get(index) ?? none() };
  });
}
