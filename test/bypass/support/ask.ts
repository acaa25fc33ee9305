import type { Ask, Json, Surface, Trick } from './trick';

/** An ask with what it takes over from its trick. */
export function withTrick(ask: Ask, trick: Pick<Trick, 'context' | 'candidates'>): Ask {
  return {
    ...(trick.context === undefined ? {} : { context: trick.context }),
    ...(trick.candidates === undefined ? {} : { candidates: trick.candidates }),
    ...ask,
  };
}

/** The DecideRequest of an ask in the contract's JSON. */
export function requestOf({ context = {}, candidates = [] }: Ask): Json {
  return {
    context,
    candidates: candidates.map((each) => (typeof each === 'string' ? { target: each } : each)),
  };
}

const LISTS = ['only', 'ignore', 'order', 'processing_regions', 'quantizations'];

/** The same message as the loader of the contract wants it: lists whose presence counts are messages. */
export function toLoaded(message: Json): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => {
      if (LISTS.includes(key)) return [key, { values: value }];
      if (Array.isArray(value)) return [key, value.map(loadedItem)];
      return [key, loadedItem(value)];
    }),
  );
}

function loadedItem(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? toLoaded(value as Json)
    : value;
}

/** What was answered, in the same words for all surfaces. */
export interface Seen {
  readonly eligible: readonly string[];
  /** Codes of reasons and of the block, or the status of a refused call. */
  readonly codes: readonly string[];
}

/** A DecideResponse or ListEligibleResponse, in either spelling. */
export function seenIn(answer: Json): Seen {
  const block = answer['block'] as { code?: string } | undefined | null;
  const verdicts = (answer['verdicts'] ?? []) as { reasons?: { code: string }[] }[];
  const codes = verdicts.flatMap(({ reasons = [] }) => reasons.map(({ code }) => code));
  return {
    eligible: (answer['eligible'] ?? []) as string[],
    codes: block?.code === undefined ? codes : [block.code, ...codes],
  };
}

/** Scope and tenant of an ask. */
export function scopeOf({ context = {} }: Ask): { tenant?: string; scope: [string, string][] } {
  const { tenant, scope = {} } = context as { tenant?: string; scope?: Record<string, string> };
  return { ...(tenant === undefined ? {} : { tenant }), scope: Object.entries(scope) };
}

/** The surfaces that a list of asks reaches. */
export function surfacesOf(asks: readonly Ask[]): readonly Surface[] {
  return [...new Set(asks.flatMap(({ on }) => on))];
}
