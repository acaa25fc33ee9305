import type {
  AuthorSelection,
  ListEntry,
  Policy,
  PolicyMode,
  Scope,
  TargetList,
  TargetPattern,
} from '../../src/core/model/policy';
import type { Requirement, RequirementRule } from '../../src/core/model/requirement';
import { MODELS, PROVIDERS, REGIONS, SCOPE_VALUES, somewhere } from './alphabet';
import { certificationNames } from './claims';
import { chance, maybe, pick, someOf, subset } from './source';
import type { Source } from './source';

type Make = (source: Source) => RequirementRule;

/** An expression over one claim; errors where the claim has a value that it cannot compare. */
const EXPRESSION: RequirementRule = {
  kind: 'expression',
  text: 'claims.retention_days <= 1',
  claims: ['retention_days'],
  program: ({ claims }) => {
    const days = claims.get('retention_days');
    return days === 31 ? { error: 'no such overload' } : { holds: Number(days) <= 1 };
  },
};

/** An expression over the request alone; throws, as no program may, where the attribute is `broken`. */
const ON_ATTRIBUTES: RequirementRule = {
  kind: 'expression',
  text: "attributes.purpose == 'support'",
  claims: [],
  program: ({ attributes }) => {
    const purpose = attributes.get('purpose');
    if (purpose === 'broken') {
      throw new Error('a program must not throw');
    }
    return { holds: purpose === 'support' };
  },
};

const COMMON: readonly Make[] = [
  () => ({ kind: 'require_zero_data_retention' }),
  () => ({ kind: 'require_no_training' }),
  (source) => ({ kind: 'max_retention_days', days: pick(source, [0, 1, 30]) }),
  () => ({ kind: 'soc2' }),
  () => ({ kind: 'soc2_type2' }),
  (source) => ({ kind: 'processing_regions', regions: someOf(source, REGIONS, 40) }),
  (source) => ({ kind: 'storage_regions', regions: someOf(source, REGIONS, 40) }),
  () => ({ kind: 'soc2_or_iso27001' }),
];

const RARE: readonly Make[] = [
  () => ({ kind: 'no_prompt_logging' }),
  () => ({ kind: 'require_in_memory_only' }),
  () => ({ kind: 'require_tokenized_input_support' }),
  () => ({ kind: 'deny_internet_egress' }),
  () => ({ kind: 'local_only_processing' }),
  () => ({ kind: 'deny_user_data_collection' }),
  () => ({ kind: 'deny_analytics_collection' }),
  () => ({ kind: 'iso27001' }),
  () => ({ kind: 'gdpr' }),
  (source) => ({
    kind: 'certifications',
    allOf: chance(source, 50) ? certificationNames(source) : [],
    anyOf: certificationNames(source),
    ...maybe(source, 50, () => ({ maxAgeDays: 30 })),
  }),
  (source) => ({
    kind: 'headquarters',
    ...(chance(source, 50)
      ? { allow: someOf(source, REGIONS, 50) }
      : { deny: someOf(source, REGIONS, 20) }),
  }),
  (source) => ({ kind: 'quantizations', allowed: someOf(source, ['fp16', 'int8']) }),
  (source) => ({
    kind: 'max_price',
    prompt: pick(source, [1, 2, 3]),
    ...maybe(source, 50, () => ({ completion: pick(source, [1, 2, 3]) })),
  }),
  (source) => ({
    kind: 'labels',
    labels: new Map([['tier', 'gold'] as const, ...subset(source, [['owner', 'us'] as const])]),
  }),
  () => EXPRESSION,
  () => ON_ATTRIBUTES,
];

/** Requirements of one policy, seldom none; no kind twice. */
export function requirements(source: Source, most: number): readonly Requirement[] {
  const count = source.below(most + 1);
  const made = Array.from({ length: count }, () =>
    pick(source, chance(source, 75) ? COMMON : RARE)(source),
  );
  const rules = made.filter((rule, i) => made.findIndex(({ kind }) => kind === rule.kind) === i);
  const assured: readonly RequirementRule[] =
    rules.length > 0 && chance(source, 12)
      ? [{ kind: 'minimum_assurance', level: pick(source, ['contract', 'audited']), of: rules }]
      : [];
  return [...rules, ...assured].map((rule) => ({ rule, position: somewhere() }));
}

/** Names in lists: ids, aliases, another case, and names that nothing has. */
const NAMES = [
  ...PROVIDERS,
  ...PROVIDERS,
  ...['acme-ai', 'Boreal', 'BO', 'nobody', 'ac', 'bor', 'X', 'acme-cloud'],
];

/** Whose models a policy is for. */
function authors(source: Source): AuthorSelection {
  const some = someOf(source, ['vend', 'Vend', 'other'], 50);
  return chance(source, 50) ? { only: some } : { except: some };
}

function pattern(source: Source, subject: TargetList['subject']): TargetPattern {
  const wanted: TargetPattern =
    subject === 'provider'
      ? { provider: pick(source, NAMES) }
      : { model: pick(source, [...MODELS, 'm-*', '*', 'M-SMALL', '*.vend.*']) };
  return {
    ...wanted,
    ...maybe(source, subject === 'model' ? 30 : 0, () => ({ provider: pick(source, NAMES) })),
    ...maybe(source, 10, () => ({ region: pick(source, ['DE', 'US', 'eu', 'EU']) })),
    ...maybe(source, 5, () => ({ target: pick(source, ['t1', 't2', 't*', 'T1']) })),
    ...maybe(source, 4, () => ({ credential: 'acme-k-own' })),
    ...maybe(source, 4, () => ({ endpoint: 'acme-de' })),
  };
}

function entry(source: Source, subject: TargetList['subject']): ListEntry {
  const made = pattern(source, subject);
  return { pattern: made, text: JSON.stringify(made), future: false, position: somewhere() };
}

/** One list; allow lists are long, so that something is left, and deny lists short. */
function list(source: Source, effect: TargetList['effect']): TargetList {
  const subject = pick(source, ['provider', 'model'] as const);
  const length = effect === 'allow' ? 2 + source.below(4) : 1;
  const entries = Array.from({ length }, () => entry(source, subject));
  return { subject, effect, entries, position: somewhere() };
}

/** A scope of few keys; `any` names a key without limiting it. */
export function scope(source: Source, percent: number): Scope {
  return new Map(
    subset(source, Object.keys(SCOPE_VALUES), percent).map((key) => [
      key,
      chance(source, 15) ? ('any' as const) : someOf(source, SCOPE_VALUES[key] ?? [], 70),
    ]),
  );
}

/** A policy of any mode; enforcing ones demand less, so that something is left. */
export function policy(source: Source, id: string): Policy {
  const mode = pick<PolicyMode>(source, [
    'enforce',
    'enforce',
    'enforce',
    'warn',
    'warn',
    'shadow',
  ]);
  const lists = [
    ...(chance(source, 25) ? [list(source, 'allow')] : []),
    ...(chance(source, 22) ? [list(source, 'deny')] : []),
  ];
  return {
    id,
    mode,
    scope: scope(source, 18),
    lists,
    ...maybe(source, 10, () => ({ providerNames: pick(source, ['vercel', 'ngrok'] as const) })),
    ...(lists.length === 0 ? maybe(source, 15, () => ({ authors: authors(source) })) : {}),
    requirements: requirements(source, mode === 'enforce' ? 2 : 3),
    block: {
      status: pick(source, [403, 403, 403, 400, 404, 409, 422, 451] as const),
      ...maybe(source, 20, () => ({ message: 'no target for {model}; asked: {providers}' })),
    },
    logSelection: chance(source, 20),
    position: somewhere(),
  };
}
