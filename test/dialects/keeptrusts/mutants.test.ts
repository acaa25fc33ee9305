import fc from 'fast-check';
import { stringify } from 'yaml';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import { ROUTING_POLICY_KEYS } from '../../../src/dialects/keeptrusts/data-routing-policy';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { Spread } from '../../laws/support/runs';
import { mutantsOf, textOf } from '../native/mutants';
import { withValue } from '../native/mutate';
import type { Json } from '../native/samples';
import { anyPack, isWellFormed, type Pack } from './packs';
import { requestFor } from '../../vectors/chat-request';
import { changesOf, deletionsOf, write, type Change } from '../support/changes';
import { check } from '../support/check';
import { isRead } from '../support/whole';
import { parsePack } from './support';

/*
 * One node of a valid pack is deleted, emptied, nulled, renamed, doubled, moved or given another form. The pack is
 * then refused, or lets through no target more than before, unless the change is one of DOCUMENTED.
 */

const RUNS = 500;
const NOW_MS = Date.UTC(2026, 0, 1);

/** What a pack lets through: alone, and in a bundle that allows what no policy applies to. */
interface Answer {
  readonly alone: readonly string[];
  readonly open: readonly string[];
}

type Outcome = 'refused' | 'unread' | 'the same' | 'narrower' | keyof typeof DOCUMENTED;

/** A valid pack, and what it lets through as it is. */
interface Original {
  readonly pack: Json;
  readonly targets: readonly string[];
  readonly answer: Answer;
}

/** The changes that may let more through, as docs/dialects/keeptrusts.md says of each, and how they show. */
const DOCUMENTED = {
  // An absent setting has its documented default, and an absent or empty block is all defaults.
  'default requirement': ({ category, name }: Change) =>
    /^policy(?:\.data-routing-policy(?:\.\w+)?)?$/u.test(name) &&
    (category === 'deleted' || category === 'empty'),
  // Only what the chain names runs.
  'out of the chain': ({ category, name }: Change) =>
    category === 'deleted' && name === 'policies.chain[]',
  // A pack is enabled unless it says that it is not.
  'enabled by default': ({ category, name }: Change) =>
    category === 'deleted' && name === 'pack.enabled',
  // A warn policy that nothing meets gives way (L9), and with fewer declarations fewer targets meet it.
  'warn gives way': ({ name }: Change) => name.startsWith('providers.targets'),
} as const;

/** Findings by which a pack that now requires nothing says so. */
const SAID = [
  'policy_requires_nothing',
  'policy_not_configured',
  'policy_not_in_chain',
  'no_routing_policy',
];

function answerOf({ document }: DialectResult, targets: readonly string[]): Answer | undefined {
  if (document === undefined) return undefined;
  const ask = (whenNoPolicyApplies: 'allow' | 'block'): readonly string[] => {
    const set = {
      settings: { ...DEFAULT_SETTINGS, whenNoPolicyApplies },
      documents: [{ document }],
    };
    return decide(compileBundle(set, 'test'), requestFor(targets), NOW_MS).eligible.map(
      ({ ref }) => ref,
    );
  };
  return { alone: ask('block'), open: ask('allow') };
}

function originalOf(pack: Json): Original {
  const targets = (pack as unknown as Pack).providers.targets.map(({ id }) => id);
  const answer = answerOf(parsePack(stringify(pack)), targets);
  if (answer === undefined) throw new Error('the pack itself is refused');
  return { pack, targets, answer };
}

function outcomeOf({ targets, answer: old }: Original, change: Change): Outcome {
  const after = parsePack(textOf(change.value, write));
  const now = answerOf(after, targets);
  if (!isRead(after) || now === undefined) return 'refused';
  if (!isWider(old.alone, now.alone) && !isWider(old.open, now.open)) {
    const isSame = JSON.stringify(old) === JSON.stringify(now);
    if (!isSame) return 'narrower';
    return change.name.startsWith('policy.pii-detector.') ? 'unread' : 'the same';
  }
  const [reason] = Object.entries(DOCUMENTED).find(([, isOne]) => isOne(change)) ?? [];
  expect(reason === undefined ? `${change.category} at ${change.name} widens` : '').toBe('');
  const [policy] = after.document?.policies ?? [];
  if (reason === 'warn gives way') expect(policy?.mode).toBe('warn');
  if ((policy?.requirements ?? []).length === 0) {
    expect(after.findings.filter(({ code }) => SAID.includes(code))).not.toEqual([]);
  }
  return reason as keyof typeof DOCUMENTED;
}

function isWider(before: readonly string[], after: readonly string[]): boolean {
  return after.some((target) => !before.includes(target));
}

/** What each requirement of the pack below asks for. */
const CLAIMS: Readonly<Record<string, Json>> = {
  zero_data_retention: true,
  training_opt_out: true,
  retention_days: 0,
  in_memory_only: true,
  accepts_tokenized_input: true,
  allow_internet_egress: false,
  local_only_processing: true,
};

/** A pack with every key of both documents, in which each requirement keeps out a target that the others do not. */
const EVERY_KEY: Json = {
  pack: { name: 'every-key', version: '1.0.0', enabled: true, description: 'all of it' },
  providers: {
    targets: [
      declaring('good', {}),
      declaring('retains', { zero_data_retention: false }),
      declaring('trains', { training_opt_out: false }),
      declaring('keeps', { retention_days: 30 }),
      declaring('writes', { in_memory_only: false }),
      declaring('reads', { accepts_tokenized_input: false }),
      declaring('calls', { allow_internet_egress: true }),
      declaring('elsewhere', { local_only_processing: false }),
      { id: 'short', provider: 'local', model: 's', zdr: true, data_collection: 'deny' },
      { id: 'silent', provider: 'local', model: 'n' },
    ],
    routing: { strategy: 'ordered' },
    fallback: { triggers: ['timeout', 'rate_limit'], max_fallback_attempts: 2 },
    logging: { redact_message_bodies: true, redact_api_keys: true },
    history: { enabled: false },
    cache: { enabled: false },
  },
  policies: { chain: ['pii-detector', 'data-routing-policy', 'audit-logger'] },
  policy: {
    'pii-detector': { action: 'redact', patterns: [{ name: 'ssn' }] },
    'data-routing-policy': {
      require_zero_data_retention: true,
      require_no_training: true,
      max_retention_days: 0,
      require_in_memory_only: true,
      require_tokenized_input_support: true,
      allow_internet_egress: false,
      local_only_processing: true,
      on_no_compliant_provider: 'block',
      log_provider_selection: true,
    },
    'audit-logger': { immutable: true, retention_days: 365, log_all_access: true },
  },
};

function declaring(id: string, data_policy: Readonly<Record<string, Json>>): Json {
  return {
    id,
    provider: 'openai',
    model: id,
    secret_key_ref: { env: 'OPENAI_API_KEY' },
    data_policy: { ...CLAIMS, ...data_policy },
  };
}

/** Packs of few requirements, which mostly run them, so that a change shows in what they let through. */
const anyMildPack: fc.Arbitrary<Pack> = fc
  .record({
    pack: anyPack.filter(isWellFormed),
    keys: fc.uniqueArray(fc.constantFrom(...ROUTING_POLICY_KEYS), { maxLength: 3 }),
    isChained: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
  })
  .map(({ pack, keys, isChained }) => {
    const stated = Object.entries(pack.policy['data-routing-policy'] ?? {});
    const settings = Object.fromEntries(
      stated.filter(([key]) => key.startsWith('on_') || keys.includes(key)),
    );
    const chain = isChained ? ['audit-logger', 'data-routing-policy'] : pack.policies.chain;
    const policy = { ...pack.policy, 'data-routing-policy': settings };
    return { ...pack, policies: { chain }, policy };
  });

/** Mostly deletions, of rules or of declarations; the other changes are dear to make, and all tried above. */
function pickedChanges(pack: Json, kind: number): readonly Change[] {
  if (kind % 5 === 0) return mutantsOf({ name: 'pack', value: pack as Record<string, Json> });
  const isRule = kind % 2 === 1;
  return deletionsOf(pack).filter(({ name }) => name.startsWith('providers') !== isRule);
}

describe('a pack of which one node is changed', () => {
  const original = originalOf(EVERY_KEY);
  const changes = changesOf(EVERY_KEY);
  const categories = [...new Set(changes.map(({ category }) => category))];
  const SHARPEST = ['no value', 'doubled key', 'misspelt key'];

  it('lets only the first of its targets through as it is', () => {
    expect(original.answer).toEqual({ alone: ['good'], open: ['good'] });
  });

  it.each(categories)('is refused, or lets no more through, or is documented: %s', (category) => {
    const own = changes.filter((change) => change.category === category);
    const outcomes = own.map((change) => outcomeOf(original, change));
    expect(outcomes.filter((outcome) => outcome === 'refused').length).toBeGreaterThan(10);
    const others = SHARPEST.includes(category)
      ? ['unread']
      : ['unread', 'the same', 'narrower', 'default requirement', 'out of the chain'];
    const allowed = new Set<string>(['refused', ...others]);
    expect(outcomes.filter((outcome) => !allowed.has(outcome))).toEqual([]);
  });

  it('lets more through only where a requirement is deleted', () => {
    const widened = changes
      .filter((change) => change.category === 'deleted')
      .filter((change) => outcomeOf(original, change) === 'default requirement')
      .map(({ name }) => name.replace('policy.data-routing-policy.', ''));
    expect(widened).toEqual([
      'policy',
      'policy.data-routing-policy',
      'require_zero_data_retention',
      'require_no_training',
      'max_retention_days',
      'require_in_memory_only',
      'require_tokenized_input_support',
      'allow_internet_egress',
      'local_only_processing',
    ]);
  });

  it('gives way by its warn policy only, where the one target that met it does no longer', () => {
    const at = ['policy', 'data-routing-policy', 'on_no_compliant_provider'];
    const warning = withValue(EVERY_KEY, at, 'warn');
    const widened = deletionsOf(warning)
      .filter(({ name }) => name.startsWith('providers'))
      .filter((change) => outcomeOf(originalOf(warning), change) === 'warn gives way')
      .map((change) => change.at.join('.'));
    expect(widened).toEqual([
      'providers.targets.0',
      'providers.targets.0.data_policy',
      ...Object.keys(CLAIMS).map((name) => `providers.targets.0.data_policy.${name}`),
    ]);
  });

  it('is refused, or lets no more through, or is documented, whatever pack it is', () => {
    const spread = new Spread();
    const any = fc.record({ pack: anyMildPack, at: fc.nat(), kind: fc.nat() });
    check(any, RUNS, ({ pack, at, kind }) => {
      const value = structuredClone(pack) as unknown as Json;
      const own = pickedChanges(value, kind);
      const change = own[at % own.length];
      if (change === undefined) return;
      spread.add(outcomeOf(originalOf(value), change));
    });
    spread.expectAtLeast(RUNS / 12, 'refused', 'the same', 'narrower');
    spread.expectAtLeast(2, 'default requirement', 'enabled by default');
    // Only what a single place of a pack can do: the systematic run above meets each of them.
    spread.expectAtLeast(1, 'out of the chain');
  });
});
