import { parse, stringify } from 'yaml';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../src/core/model/policy-set';
import {
  EMPTY_CONTEXT,
  type DecisionRequest,
  type Preferences,
} from '../../../src/core/model/request';
import { checkSet } from '../../../src/core/policy/check-set';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import type { ProductAdapter, Vector, VectorAnswer } from '../vector';
import { inputOfCause } from './openrouter-causes';
import type { Guardrail, OpenrouterInput, ProviderRequest, Target } from './openrouter-input';

/** The instant of every vector; none depends on it. */
const NOW_MS = Date.UTC(2026, 9, 1);

/** OpenRouter: account and guardrails of a vector become the text of a file, its targets a catalog. */
export const openrouter: ProductAdapter = {
  product: 'openrouter',
  reasons: {},
  answer(vector) {
    const input = inputOf(vector);
    const decision = decisionOf(input);
    if (decision === undefined) {
      return { configError: true, outcome: 'block', eligible: [], blocked: {} };
    }
    return answerOf(input, decision);
  },
};

const KNOWN_KEYS: readonly string[] = [
  'account',
  'request',
  'targets',
  'guardrails',
  'defined_but_unassigned',
  'cause',
];

function inputOf({ input }: Vector): OpenrouterInput {
  const unknown = Object.keys(input).filter((key) => !KNOWN_KEYS.includes(key));
  if (unknown.length > 0) throw new Error(`the adapter does not know \`${unknown.join(', ')}\``);
  const cause = input['cause'];
  return typeof cause === 'string' ? inputOfCause(cause) : input;
}

function decisionOf(input: OpenrouterInput): Decision | undefined {
  const targets = targetsOf(input);
  const texts = [
    [
      createNativeDialect({ compileExpression: compileCel }),
      catalogOf(targets.length === 0 ? OTHER_TARGETS : targets, input),
    ],
    [createOpenrouterDialect(), settingsOf(input)],
  ] as const;
  const documents = texts.flatMap(([dialect, text]) => {
    const { document } = dialect.parse({ name: `${dialect.name}.yaml`, text });
    return document === undefined ? [] : [{ document }];
  });
  const set: PolicySet = {
    settings: DEFAULT_SETTINGS,
    documents,
    providerTables: new Map([['openrouter', createOpenrouterDialect().providers ?? new Map()]]),
  };
  const hasErrors = checkSet(set).some(({ severity }) => severity === 'error');
  if (documents.length < texts.length || hasErrors) return undefined;
  return decide(compileBundle(set, 'vectors'), requestOf(input, targets), NOW_MS);
}

/** Where a vector names no target, one that keeps to whatever is asked. */
function targetsOf({ targets }: OpenrouterInput): readonly Target[] {
  return targets ?? [{ id: 'anthropic', zdr: true }];
}

/** A catalog lists something, also where the request asks for what it does not list. */
const OTHER_TARGETS: readonly Target[] = [{ id: 'openai', model: 'openai/gpt-5.2' }];

/** Data collection is allowed unless something says otherwise, which is OpenRouter's default and restricts nothing. */
function settingsOf({ account, request, guardrails, ...rest }: OpenrouterInput): string {
  const { allowed, ignored, ...settings } = account ?? {};
  const defined = [...(guardrails ?? []), ...(rest.defined_but_unassigned ?? [])];
  return stringify({
    openrouter: {
      account: {
        data_collection: 'allow',
        ...settings,
        ...stated('allowed_providers', allowed),
        ...stated('ignored_providers', ignored),
        ...stated('allowed_models', request?.allowed_models),
        ...stated('ignored_models', request?.excluded_models),
      },
      ...(defined.length === 0 ? {} : { guardrails: defined.map(guardrailOf) }),
    },
  });
}

function stated(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value };
}

/** A vector says `zdr: {anthropic: true}` where the API says `enforce_zdr_anthropic: true`. */
function guardrailOf({ zdr, ...rest }: Guardrail, index: number): object {
  const switches = Object.entries(zdr ?? {}).map(([group, on]) => ({
    [`enforce_zdr_${group}`]: on,
  }));
  return Object.assign({ name: `guardrail ${String(index + 1)}` }, rest, ...switches) as object;
}

/** A slug with a suffix is a region of its provider; a service tier is a provider of its own. */
function providerOf({ id, service_tier }: Target): string {
  return service_tier === undefined ? (id.split('/')[0] ?? id) : id;
}

function catalogOf(targets: readonly Target[], { request }: OpenrouterInput): string {
  const providers = [...new Set(targets.map(providerOf))].map((id) => {
    const own = targets.filter((each) => providerOf(each) === id);
    const credentials = own.filter((each) => each.credential !== undefined).map(credentialOf);
    return {
      id,
      ...(credentials.length === 0 ? {} : { credentials }),
      targets: own.map((each) => declarationOf(each, request)),
    };
  });
  return stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'targets' },
    spec: { providers },
  });
}

function credentialOf({ id }: Target): object {
  return { id: `${id}-key`, owner: 'customer' };
}

/** A router serves what it may choose from; any other model is the target's own. */
function declarationOf(target: Target, request: ProviderRequest | undefined): object {
  const asked = request?.model ?? 'author/model';
  const isRouter = asked === 'openrouter/auto';
  const region = target.service_tier === undefined ? target.id.split('/')[1] : undefined;
  const claims = {
    ...stated('zero_data_retention', target.zdr ?? (target.retains === true ? false : undefined)),
    ...stated('training_opt_out', target.trains === undefined ? undefined : !target.trains),
    ...stated('processing_regions', target.processing_regions),
  };
  return {
    id: target.id,
    model: target.model ?? (isRouter ? 'anthropic/claude-sonnet-4.5' : asked),
    ...(isRouter ? { serves: [asked] } : {}),
    ...stated('region', region),
    ...(target.credential === undefined ? {} : { credential: `${target.id}-key` }),
    ...(Object.keys(claims).length === 0 ? {} : { claims }),
  };
}

function requestOf(input: OpenrouterInput, targets: readonly Target[]): DecisionRequest {
  const request = input.request ?? {};
  return {
    context: {
      ...EMPTY_CONTEXT,
      api: 'chat_completions',
      ...(request.model === undefined ? {} : { model: request.model }),
      modelIdStyle: 'author',
      features: request.plugins === undefined ? [] : ['server_tools'],
      preferences: preferencesOf(request),
    },
    ...(input.targets?.length === 0
      ? {}
      : { candidates: targets.map(({ id }) => ({ ref: id, target: id, claims: [] })) }),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
}

/** `preferred_max_latency` never excludes, so nothing here stands for it. */
function preferencesOf(request: ProviderRequest): Preferences {
  const { only, ignore, order, allow_fallbacks, zdr, data_collection, data_region } = request;
  return {
    ...(only === undefined ? {} : { only }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(order === undefined ? {} : { order }),
    ...(allow_fallbacks === undefined ? {} : { allowFallbacks: allow_fallbacks }),
    ...(zdr === undefined ? {} : { zeroDataRetention: zdr }),
    ...(data_collection === undefined ? {} : { dataCollection: data_collection }),
    ...(data_region === undefined ? {} : { processingRegions: [data_region] }),
  };
}

function answerOf(input: OpenrouterInput, decision: Decision): VectorAnswer {
  const { block, eligible, outcome, verdicts } = decision;
  const blocked = verdicts.flatMap((verdict) =>
    verdict.eligible ? [] : [[verdict.ref, verdict.reasons.map(({ code }) => code)] as const],
  );
  return {
    configError: false,
    outcome,
    eligible: eligible.map(({ ref }) => ref),
    blocked: Object.fromEntries(blocked),
    httpStatus: block?.httpStatus ?? 200,
    ...(block === undefined ? {} : { errorCode: block.code }),
    more: { ...keysOfBlock(decision), ...keysOfSettings(input, decision) },
  };
}

/** What the body says, as a client reads it. */
function keysOfBlock({ block }: Decision): object {
  if (block === undefined) return {};
  const body = parse(block.body) as {
    readonly error?: {
      readonly message?: unknown;
      readonly availability?: { readonly code?: unknown; readonly retryable?: unknown };
    };
  };
  return {
    error_body: body,
    error_message: body.error?.message,
    availability_code: body.error?.availability?.code,
    retryable: body.error?.availability?.retryable,
  };
}

/** What is in force, told from what it blocks: a target of the group that retains, or the plugin of the request. */
function keysOfSettings(input: OpenrouterInput, { verdicts }: Decision): object {
  const groups = [
    ...new Set((input.guardrails ?? []).flatMap(({ zdr }) => Object.keys(zdr ?? {}))),
  ];
  const inForce = groups.map((group) => {
    const target = { id: 'retaining', model: `${group}/model`, zdr: false };
    const outcome = decisionOf({ ...input, targets: [target] })?.outcome;
    return [group, outcome === 'block'] as const;
  });
  const needsZdr = verdicts.some(
    (each) =>
      !each.eligible &&
      each.reasons.some(({ requirement }) => requirement === 'require_zero_data_retention'),
  );
  return {
    ...(groups.length === 0 ? {} : { effective: { zdr: Object.fromEntries(inForce) } }),
    plugin_covered_by_zdr: input.request?.plugins !== undefined && needsZdr,
  };
}
