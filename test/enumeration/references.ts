import type { Bundle } from '../../src/core/engine/bundle';
import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import type { Decision } from '../../src/core/model/decision';
import { NOW_MS } from '../core/engine/support/build';
import { REQUESTS, setFor, TARGETS, type Choice, type EnumeratedRequest } from './domain';

/** Answers to combinations that others are held against. */
export interface References {
  /** Which targets may receive the request; bit 0 is the first target. */
  eligible(choice: Choice, asked: EnumeratedRequest): number;
  /** The whole decision, not kept. */
  decision(choice: Choice, asked: EnumeratedRequest): Decision;
}

/** The eligible targets of a decision as bits. */
export function eligibleBits({ eligible }: Decision): number {
  return eligible.reduce(
    (bits, { target }) => bits | (1 << TARGETS.findIndex((each) => each === target)),
    0,
  );
}

/** Makes references that are computed when first asked for; of each set only the bits are kept. */
export function createReferences(): References {
  const kept = new Map<string, readonly number[]>();
  let latest: { readonly key: string; readonly bundle: Bundle } | undefined;
  const bundleOf = (choice: Choice): Bundle => {
    const key = JSON.stringify(choice);
    if (latest?.key !== key) latest = { key, bundle: compileBundle(setFor(choice), 'digest') };
    return latest.bundle;
  };
  return {
    eligible(choice, asked) {
      const key = JSON.stringify(choice);
      const bits = kept.get(key) ?? bitsOf(compileBundle(setFor(choice), 'digest'));
      kept.set(key, bits);
      return bits[asked.place] ?? 0;
    },
    decision: (choice, asked) => decide(bundleOf(choice), asked.request, NOW_MS),
  };
}

function bitsOf(bundle: Bundle): readonly number[] {
  return REQUESTS.map(({ request }) => eligibleBits(decide(bundle, request, NOW_MS)));
}
