import { APIS, FEATURES } from '../../src/core/model/api';
import type { PolicySet } from '../../src/core/model/policy-set';
import type {
  Candidate,
  DecisionRequest,
  Preferences,
  RequestContext,
} from '../../src/core/model/request';
import type { TargetDeclaration } from '../../src/core/model/catalog';
import { MODELS, PROVIDERS, REGIONS, SCOPE_VALUES } from './alphabet';
import { baseUrl } from './catalogs';
import { claimsOf } from './claims';
import { policySet } from './sets';
import { chance, maybe, pick, subset } from './source';
import type { Source } from './source';

/** Names in preferences: providers, aliases, models, targets, another case, and names that nothing has. */
const NAMES = [
  ...PROVIDERS,
  ...PROVIDERS,
  ...['acme-ai', 'ACME', 'BO', 'm-small', 't1', 'nobody', 'ac', 'bor', 'x'],
];

/** Preferences, most of them absent; empty lists too. */
export function preferences(source: Source): Preferences {
  const few = 6;
  return {
    ...maybe(source, 10, () => ({ only: subset(source, NAMES, 35) })),
    ...maybe(source, 8, () => ({ ignore: subset(source, NAMES, 12) })),
    ...maybe(source, 15, () => ({ order: subset(source, NAMES, 20) })),
    ...maybe(source, 12, () => ({ allowFallbacks: chance(source, 30) })),
    ...maybe(source, few, () => ({ zeroDataRetention: chance(source, 70) })),
    ...maybe(source, few, () => ({ noTraining: chance(source, 70) })),
    ...maybe(source, few, () => ({ dataCollection: pick(source, ['deny', 'allow'] as const) })),
    ...maybe(source, few, () => ({ maxRetentionDays: pick(source, [0, 1, 30]) })),
    ...maybe(source, few, () => ({ processingRegions: subset(source, REGIONS, 50) })),
    ...maybe(source, 4, () => ({ quantizations: subset(source, ['fp16', 'int8'], 60) })),
    ...maybe(source, 4, () => ({
      maxPrice: { prompt: 2, ...maybe(source, 40, () => ({ completion: 2 })) },
    })),
  };
}

/** Names as clients write them: plain, served, pinned by id or alias, with an author, or unknown. */
const WRITTEN = [
  'm-small',
  'm-large',
  'fast',
  'acme/m-small',
  'boreal/m-large',
  'acme-ai/m-small',
  'relay:m-small',
  'author/m-small',
  'vend/m-large',
  'ac/m-small',
  'x/m-small',
  'auto',
  'm-nothing',
];

function context(source: Source): RequestContext {
  const keys = subset(source, ['team', 'environment', 'region'], 45);
  const model = pick(source, chance(source, 60) ? WRITTEN.slice(0, 3) : WRITTEN);
  return {
    ...maybe(source, 60, () => ({
      tenant: chance(source, 3) ? 'green' : pick(source, SCOPE_VALUES['tenant'] ?? []),
    })),
    scope: new Map(
      keys.map((key) => [
        key,
        pick(source, chance(source, 3) ? ['else'] : (SCOPE_VALUES[key] ?? ['x'])),
      ]),
    ),
    ...maybe(source, 75, () => ({ model })),
    models: chance(source, 12) ? subset(source, WRITTEN, 20) : [],
    modelIdStyle: pick(source, ['auto', 'auto', 'pin', 'author'] as const),
    ...maybe(source, 80, () => ({
      api: pick(source, chance(source, 70) ? (['chat_completions', 'messages'] as const) : APIS),
    })),
    features: chance(source, 30) ? subset(source, FEATURES, 15) : [],
    preferences: chance(source, 50) ? preferences(source) : {},
    attributes: new Map(
      subset(source, ['purpose'], 60).map((key) => [
        key,
        pick(source, ['support', 'support', 'sales', 'broken']),
      ]),
    ),
  };
}

/** A candidate by its parts: a declared target's, or any. */
function parts(source: Source, declared: readonly TargetDeclaration[]): Omit<Candidate, 'ref'> {
  const like = declared.length > 0 && chance(source, 75) ? pick(source, declared) : undefined;
  const provider = like?.provider ?? pick(source, [...PROVIDERS, 'nobody', 'bo']);
  return {
    ...maybe(source, 97, () => ({ provider })),
    ...maybe(source, 97, () => ({ model: like?.model ?? pick(source, [...MODELS, 'm-nothing']) })),
    ...maybe(source, 15, () => ({ region: pick(source, ['DE', 'US', 'eu']) })),
    ...maybe(source, 15, () => ({ endpoint: place(source, provider) })),
    ...maybe(source, 20, () => ({ credential: credential(source, provider) })),
    claims: [],
  };
}

const place = (source: Source, provider: string): string =>
  pick(source, [
    `${provider}-de`,
    `${provider}-us`,
    baseUrl(provider, 'de'),
    baseUrl(pick(source, PROVIDERS), 'us'),
    'https://elsewhere.example',
  ]);

const credential = (source: Source, provider: string): string =>
  pick(source, [`${provider}-k-own`, `${provider}-k-customer`, 'k-stranger']);

/** One candidate: mostly a target of the catalog by id. */
function candidate(source: Source, ref: string, set: PolicySet): Candidate {
  const declared = set.documents.flatMap(({ document }) => document.targets);
  const claims = chance(source, 12) ? claimsOf(source, 25) : [];
  if (declared.length === 0 || chance(source, 30)) {
    return { ref, ...parts(source, declared), claims };
  }
  const { id: target, provider } = pick(source, declared);
  return {
    ref,
    target: chance(source, 3) ? 't-nowhere' : target,
    ...maybe(source, 8, () => ({ credential: credential(source, provider) })),
    ...maybe(source, 6, () => ({ endpoint: place(source, provider) })),
    ...maybe(source, 6, () => ({ region: pick(source, ['DE', 'US']) })),
    ...maybe(source, 3, () => ({ provider: pick(source, PROVIDERS) })),
    claims,
  };
}

/** Candidates with refs of their own. */
export function candidates(source: Source, set: PolicySet): readonly Candidate[] {
  const count = chance(source, 2) ? 0 : 1 + source.below(5);
  return Array.from({ length: count }, (_, i) => candidate(source, `c${String(i + 1)}`, set));
}

/** A request about the set. */
export function request(source: Source, set: PolicySet): DecisionRequest {
  return {
    context: context(source),
    ...maybe(source, 80, () => ({ candidates: candidates(source, set) })),
    caller: { rewritesModel: !chance(source, 6), ownsClaims: chance(source, 10) },
    problems: chance(source, 1) ? ['`model` is not a text'] : [],
  };
}

/** A request with candidates that it names itself. */
export function explicitRequest(source: Source, set: PolicySet): DecisionRequest {
  return { ...request(source, set), candidates: candidates(source, set), problems: [] };
}

/** Something to decide. */
export interface Case {
  readonly set: PolicySet;
  readonly request: DecisionRequest;
}

/** A policy set and a request about it. */
export function decisionCase(source: Source): Case {
  const set = policySet(source);
  return { set, request: request(source, set) };
}
