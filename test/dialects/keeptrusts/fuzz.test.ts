import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { parsePack } from './support';

const RUNS = 2000;

const CLAIM_KEYS = [
  'zero_data_retention',
  'training_opt_out',
  'in_memory_only',
  'accepts_tokenized_input',
  'allow_internet_egress',
  'local_only_processing',
] as const;

/** Key of the policy to the value that demands something and the requirement that it then is. */
const SWITCHES: Readonly<Record<string, readonly [boolean, string]>> = {
  require_zero_data_retention: [true, 'require_zero_data_retention'],
  require_no_training: [true, 'require_no_training'],
  require_in_memory_only: [true, 'require_in_memory_only'],
  require_tokenized_input_support: [true, 'require_tokenized_input_support'],
  allow_internet_egress: [false, 'deny_internet_egress'],
  local_only_processing: [true, 'local_only_processing'],
};

interface Target {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly data_policy?: Readonly<Record<string, unknown>>;
  readonly zdr?: boolean;
  readonly data_collection?: string;
}

interface Pack {
  readonly pack: { readonly name: string; readonly enabled?: boolean };
  readonly providers: { readonly targets: readonly Target[] };
  readonly policies: { readonly chain: readonly string[] };
  readonly policy: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const claims = fc.record(
  {
    ...Object.fromEntries(CLAIM_KEYS.map((key) => [key, fc.boolean()])),
    retention_days: fc.nat({ max: 365 }),
  },
  { requiredKeys: [] },
);

const target = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    provider: fc.constantFrom('openai', 'anthropic', 'local'),
    model: fc.constantFrom('gpt-4o', 'claude', 'm:1'),
    data_policy: claims,
    zdr: fc.boolean(),
    data_collection: fc.constantFrom('allow', 'deny'),
  },
  { requiredKeys: ['id', 'provider', 'model'] },
);

const settings = fc.record(
  {
    ...Object.fromEntries(Object.keys(SWITCHES).map((key) => [key, fc.boolean()])),
    max_retention_days: fc.nat({ max: 365 }),
    on_no_compliant_provider: fc.constantFrom('block', 'warn'),
    log_provider_selection: fc.boolean(),
  },
  { requiredKeys: [] },
);

const pack: fc.Arbitrary<Pack> = fc.record({
  pack: fc.record(
    { name: fc.constantFrom('one', 'two words', '1.5x'), enabled: fc.boolean() },
    { requiredKeys: ['name'] },
  ),
  providers: fc.record({ targets: fc.array(target, { minLength: 1, maxLength: 4 }) }),
  policies: fc.record({
    chain: fc.uniqueArray(fc.constantFrom('data-routing-policy', 'audit-logger', 'rbac'), {
      minLength: 1,
    }),
  }),
  policy: fc.record(
    { 'data-routing-policy': settings, 'audit-logger': fc.constant({}) },
    { requiredKeys: [] },
  ),
}) as fc.Arbitrary<Pack>;

/** True if the documents call the pack well formed: ids are unique, and no shorthand contradicts its block. */
function isWellFormed({ providers: { targets } }: Pack): boolean {
  const contradicts = (each: Target): boolean => {
    const block = each.data_policy?.['zero_data_retention'];
    return each.zdr !== undefined && block !== undefined && each.zdr !== block;
  };
  return new Set(targets.map(({ id }) => id)).size === targets.length && !targets.some(contradicts);
}

/** A document or an error, never both and never neither. */
function expectWhole({ document, bundle, findings }: DialectResult): void {
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  expect(document === undefined).toBe(hasErrors);
  expect(bundle).toBeUndefined();
}

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

/** How often each outcome came up, so that a generator that lost its variety fails the test. */
class Spread {
  readonly #counts = new Map<string, number>();

  count(outcome: string): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  expectAtLeast(share: number, ...outcomes: readonly string[]): void {
    const total = [...this.#counts.values()].reduce((sum, each) => sum + each, 0);
    for (const outcome of outcomes) {
      expect([outcome, (this.#counts.get(outcome) ?? 0) / total >= share]).toEqual([outcome, true]);
    }
  }
}

describe('reading any pack', () => {
  it('reads all that it states, or refuses it', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(pack, (source) => {
        const result = parsePack(stringify(source));
        expectWhole(result);
        expect(result.document !== undefined).toBe(isWellFormed(source));
        if (result.document !== undefined) expectSame(result.document, source);
        const runs = (result.document?.policies.length ?? 0) > 0;
        spread.count(result.document === undefined ? 'refused' : runs ? 'runs' : 'does not run');
      }),
      { numRuns: RUNS },
    );
    spread.expectAtLeast(0.15, 'refused', 'runs', 'does not run');
  });

  it('refuses one that holds a single wrong key or value', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(
        pack.filter(isWellFormed),
        fc.nat(),
        fc.constantFrom('key', 'value'),
        (source, at, what) => {
          const damaged = damage(source, at, what);
          if (damaged === undefined) return;
          const result = parsePack(stringify(damaged));
          expectWhole(result);
          expect(result.document).toBeUndefined();
          spread.count(what);
        },
      ),
      { numRuns: RUNS },
    );
    spread.expectAtLeast(0.3, 'key', 'value');
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const folder = join(__dirname, '../../fixtures/keeptrusts');
    const texts = readdirSync(folder)
      .filter((name) => /^[^.]+\.yaml$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^#.*\n/gm, ''));
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 12 }),
      insert: fc.oneof(
        fc.constantFrom(
          ':',
          '- ',
          '\n',
          '  ',
          '{',
          ']',
          '"',
          '&a ',
          '*a',
          '!!int ',
          '\t',
          '#',
          'true',
          '0',
          '---\n',
          '\u0000',
        ),
        fc.string({ maxLength: 4 }),
      ),
    });
    const spread = new Spread();
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (text, edits) => {
          const result = parsePack(edits.reduce(applyEdit, text));
          expectWhole(result);
          spread.count(result.document === undefined ? 'refused' : 'read');
        },
      ),
      { numRuns: RUNS },
    );
    spread.expectAtLeast(0.03, 'refused', 'read');
  });
});

/** The pack with one key misspelt, or one value of a type that nothing takes there; undefined if it has none. */
function damage(source: Pack, at: number, what: 'key' | 'value'): unknown {
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

function applyEdit(
  text: string,
  { at, remove, insert }: { readonly at: number; readonly remove: number; readonly insert: string },
): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
