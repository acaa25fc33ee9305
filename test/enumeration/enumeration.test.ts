import type { Bundle } from '../../src/core/engine/bundle';
import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import { NOW_MS } from '../core/engine/support/build';
import { difference } from '../oracle/compare';
import { oracleDecide } from '../oracle/decide';
import { DIRECT_CHECKS } from './direct-checks';
import {
  choiceAt,
  REQUESTS,
  SET_COUNT,
  setFor,
  type Choice,
  type EnumeratedRequest,
} from './domain';
import { createReferences } from './references';

/** All sets of files with `TEST_ENUMERATION=full`, else a tenth of them; each with all requests. */
const FULL = process.env['TEST_ENUMERATION'] === 'full';
const TAKEN_SETS = FULL ? SET_COUNT : Math.ceil(SET_COUNT / 10);

/** Shares no factor with the number of sets, so that no set is taken twice and all alphabets are met evenly. */
const STRIDE = 7919;

/** A minute is enough for a tenth of them on two busy cores; nothing is gained by failing a slow machine. */
const TIMEOUT_MS = FULL ? 7_200_000 : 600_000;

/** Differences that are shown; one mistake makes many. */
const MOST_SHOWN = 5;

const references = createReferences();
const outcomes = { allow: 0, warn: 0, block: 0 };
const blockCodes = new Map<string, number>();
const states = new Map<string, number>();
const wrong: string[] = [];
let combinations = 0;

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

function checkCombination(bundle: Bundle, choice: Choice, asked: EnumeratedRequest): void {
  const decision = decide(bundle, asked.request, NOW_MS);
  combinations += 1;
  outcomes[decision.outcome] += 1;
  if (decision.block !== undefined) count(blockCodes, decision.block.code);
  for (const { reasons } of decision.verdicts)
    for (const { state } of reasons) count(states, state);
  const checked = { choice, asked, decision, references };
  const found = [
    difference(decision, oracleDecide(bundle.set, asked.request, NOW_MS)),
    ...DIRECT_CHECKS.map((check) => check(checked)),
  ];
  for (const each of found) {
    if (each !== undefined && wrong.length < MOST_SHOWN)
      wrong.push(`${each}; ${show(choice, asked)}`);
  }
}

function show(choice: Choice, { team, wish }: EnumeratedRequest): string {
  return JSON.stringify({ ...choice, team, wish });
}

describe('the small domain', () => {
  beforeAll(() => {
    for (let step = 0; step < TAKEN_SETS; step++) {
      const choice = choiceAt((step * STRIDE) % SET_COUNT);
      const bundle = compileBundle(setFor(choice), 'digest');
      for (const asked of REQUESTS) checkCombination(bundle, choice, asked);
    }
  }, TIMEOUT_MS);

  it('has about a million combinations, and no set of files twice', () => {
    expect(SET_COUNT * REQUESTS.length).toBe(1_062_936);
    const places = Array.from({ length: TAKEN_SETS }, (_, step) => (step * STRIDE) % SET_COUNT);
    expect(new Set(places).size).toBe(TAKEN_SETS);
    expect(combinations).toBe(FULL ? 1_062_936 : 106_302);
  });

  it('is decided alike by both evaluators, and keeps L1, L3, L5 and L9', () => {
    expect(wrong).toEqual([]);
  });

  it('has every outcome among its answers', () => {
    expect(outcomes.allow / combinations).toBeGreaterThan(0.1);
    expect(outcomes.warn / combinations).toBeGreaterThan(0.03);
    expect(outcomes.block / combinations).toBeGreaterThan(0.3);
  });

  it('has every block and every state of a claim among its answers, each often', () => {
    expect([...blockCodes.keys()].sort()).toEqual([
      'no_compliant_provider',
      'no_policy_applies',
      'provider_not_allowed',
      'request_filters_leave_none',
      'unknown_scope',
    ]);
    for (const state of ['contrary', 'unknown', 'expired', 'conflicting', 'error'])
      expect(states.get(state)).toBeGreaterThan(combinations / 200);
    for (const times of blockCodes.values()) expect(times).toBeGreaterThan(combinations / 200);
  });
});
