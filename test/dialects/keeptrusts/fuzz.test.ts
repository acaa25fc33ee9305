import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { Spread } from '../../laws/support/runs';
import { anyPack, isWellFormed, SWITCHES, type Pack, type Target } from './packs';
import { check } from '../support/check';
import { anyDamageOf, type Damage } from '../support/damage';
import { checkEdited, readingWhole } from '../support/whole';
import { parsePack } from './support';

const RUNS = 1000;

const read = readingWhole(parsePack);

/** Everything that the pack states and nothing else, told from the data itself. */
function expectSame(document: PolicyDocument, source: Pack): void {
  const stated = document.targets.map(({ id, claims: found }) => [
    id,
    Object.fromEntries(found.map(({ name, value }) => [name, value])),
  ]);
  expect(stated).toEqual(source.providers.targets.map((each) => [each.id, claimsOf(each)]));
  const runs =
    source.pack.enabled !== false && source.policies.chain.includes('data-routing-policy');
  const found = document.policies.map(({ mode, logSelection, requirements }) => ({
    mode,
    logSelection,
    rules: requirements.map(({ rule }) => JSON.stringify(rule)).sort(),
  }));
  expect(found).toEqual(runs ? [policyOf(source.policy['data-routing-policy'] ?? {})] : []);
}

function claimsOf({ data_policy, zdr, data_collection }: Target): unknown {
  return {
    ...data_policy,
    ...(zdr === undefined ? {} : { zero_data_retention: zdr }),
    ...(data_collection === undefined ? {} : { analytics_collection: data_collection }),
  };
}

function policyOf(stated: Readonly<Record<string, unknown>>): unknown {
  const rules = Object.entries(SWITCHES)
    .filter(([key, [demands]]) => stated[key] === demands)
    .map(([, [, kind]]) => JSON.stringify({ kind }));
  const days = stated['max_retention_days'];
  const bound = days === undefined ? [] : [JSON.stringify({ kind: 'max_retention_days', days })];
  return {
    mode: stated['on_no_compliant_provider'] === 'warn' ? 'warn' : 'enforce',
    logSelection: stated['log_provider_selection'] ?? true,
    rules: [...rules, ...bound].sort(),
  };
}

describe('reading any pack', () => {
  it('reads all that it states, or refuses it', () => {
    const spread = new Spread();
    check(anyPack, RUNS, (source) => {
      const result = read(stringify(source));
      expect(result.document !== undefined).toBe(isWellFormed(source));
      if (result.document !== undefined) expectSame(result.document, source);
      const runs = (result.document?.policies.length ?? 0) > 0;
      spread.add(result.document === undefined ? 'refused' : runs ? 'runs' : 'does not run');
    });
    spread.expectAtLeast(RUNS * 0.15, 'refused', 'runs', 'does not run');
  });

  it('refuses one that holds a single wrong key or value', () => {
    const spread = new Spread();
    check(anyDamageOf(anyPack.filter(isWellFormed)), RUNS, ({ of: source, at, what }) => {
      const damaged = damage(source, at, what);
      if (damaged === undefined) return;
      const result = read(stringify(damaged));
      expect(result.document).toBeUndefined();
      spread.add(what);
    });
    spread.expectAtLeast(RUNS * 0.3, 'key', 'value');
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const folder = join(__dirname, '../../fixtures/keeptrusts');
    const texts = readdirSync(folder)
      .filter((name) => /^[^.]+\.yaml$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^#.*\n/gm, ''));
    const text = fc.constantFrom(...texts);
    checkEdited({ read, text, maxEdits: 3, runs: RUNS, least: RUNS * 0.03 });
  });
});

/** The pack with one key misspelt, or one value of a type that nothing takes there; undefined if it has none. */
function damage(source: Pack, at: number, what: Damage): unknown {
  const copy = structuredClone(source) as unknown;
  const places = leavesOf(copy);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return undefined;
  const value = place.holder[place.key];
  if (what === 'value') place.holder[place.key] = [[value]];
  else {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the copy is the test's own
    delete place.holder[place.key];
    place.holder[`${place.key}_x`] = value;
  }
  return copy;
}

interface Leaf {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every key of a mapping whose value is no mapping or list. */
function leavesOf(value: unknown): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.entries(holder).flatMap(([key, inner]) =>
    typeof inner === 'object' ? leavesOf(inner) : [{ holder, key }],
  );
}
