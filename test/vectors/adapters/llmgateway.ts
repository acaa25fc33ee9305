import { stringify } from 'yaml';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Api } from '../../../src/core/model/api';
import type { Decision } from '../../../src/core/model/decision';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type DecisionRequest } from '../../../src/core/model/request';
import { checkSet } from '../../../src/core/policy/check-set';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createLlmgatewayDialect } from '../../../src/dialects/llmgateway';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { readClientPreferences, type ClientPreferences } from '../../../src/pep/preferences';
import type { PolicyDialect } from '../../../src/ports/policy-dialect';
import { answerOf, NOW_MS } from '../answer-file';
import type { ProductAdapter, Vector, VectorAnswer } from '../vector';
import {
  candidateOf,
  catalogText,
  pairOf,
  settingsText,
  type LlmgatewayTarget,
} from './llmgateway-input';

/** Keys of an input. A `fault` is of what a decision does not ask (an audit sink, a licence), so it changes nothing. */
const KNOWN_KEYS: readonly string[] = [
  'policy',
  'restriction',
  'key_rule',
  'request',
  'targets',
  'surface',
  'http_status',
  'feature',
  'fault',
];

/** What a client asks for. */
interface Request {
  readonly model?: string;
  readonly pinned_provider?: string | null;
  readonly endpoint?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Settings = Readonly<Record<string, unknown>>;

const REASONS: Readonly<Record<string, string>> = {
  requireSoc2: 'soc2',
  requireSoc2Type2: 'soc2_type2',
  requireSoc2OrIso27001: 'soc2_or_iso27001',
  blockApiTraining: 'require_no_training',
  blockPromptLogging: 'no_prompt_logging',
  zeroDataRetention: 'max_retention_days',
  blockStealthProviders: 'labels',
  allowedCountries: 'headquarters',
  dataResidency: 'processing_regions',
  blockedProviders: 'providers.deny',
  allowedProviders: 'providers.allow',
  blockedModels: 'models.deny',
  noAttestation: 'unknown_target',
  unknownProvider: 'unknown_target',
};

/** LLMGateway: the settings of a vector become the text of a file, its targets a catalog, its request preferences. */
export const llmgateway: ProductAdapter = {
  product: 'llmgateway',
  reasons: REASONS,
  answer(vector) {
    const unknown = Object.keys(vector.input).filter((key) => !KNOWN_KEYS.includes(key));
    if (unknown.length > 0) throw new Error(`the adapter does not know \`${unknown.join(', ')}\``);
    const request = (vector.input['request'] ?? {}) as Request;
    const targets = targetsOf(vector, request);
    const set = setOf(vector, targets);
    if (set === undefined) return REFUSED;
    const client = preferencesOf(request);
    const asked = requestOf(vector, { request, targets, client });
    const decision = decide(compileBundle(set, 'vectors'), asked, NOW_MS);
    const answer = answerOf(decision);
    const more = moreOf(vector, { decision, targets, client, answer });
    return { httpStatus: 200, ...answer, more };
  },
};

const REFUSED: VectorAnswer = { configError: true, outcome: 'block', eligible: [], blocked: {} };

/** A vector without targets is about any; one that names a model is about that, and the model's name is bare. */
function targetsOf(vector: Vector, { model }: Request): readonly LlmgatewayTarget[] {
  const name = model?.slice(model.indexOf('/') + 1);
  const stated = vector.input['targets'] as readonly LlmgatewayTarget[] | undefined;
  const named = name === undefined ? {} : { model: name };
  return (stated ?? [{ id: 'openai' }]).map((each) => ({ ...named, ...each }));
}

/** A vector that only says what a block looks like has one for any cause. */
function settingsOf({ input }: Vector): Settings {
  const blocks = input['http_status'] === 403;
  const policy = blocks ? { enabled: true, requireSoc2: true } : (input['policy'] ?? undefined);
  const { restriction } = input;
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(restriction === undefined ? {} : { restriction }),
  };
}

function setOf(vector: Vector, targets: readonly LlmgatewayTarget[]): PolicySet | undefined {
  const settings = settingsOf(vector);
  const isStated = Object.keys(settings).length > 0;
  const native = createNativeDialect({ compileExpression: compileCel });
  const llmgatewayDialect = createLlmgatewayDialect();
  const texts: readonly (readonly [PolicyDialect, string])[] = [
    [native, catalogText(targets)],
    ...(isStated ? [[llmgatewayDialect, settingsText(settings, targets)] as const] : []),
    ...keyRuleText(vector).map((text) => [native, text] as const),
  ];
  const documents = texts.flatMap(([dialect, text], index) => {
    const { document } = dialect.parse({ name: `${vector.id}-${String(index)}.yaml`, text });
    return document === undefined ? [] : [{ document }];
  });
  const set: PolicySet = {
    settings: { ...DEFAULT_SETTINGS, whenNoPolicyApplies: isStated ? 'block' : 'allow' },
    documents,
    providerTables: new Map([['llmgateway', llmgatewayDialect.providers ?? new Map()]]),
  };
  const hasErrors = checkSet(set).some(({ severity }) => severity === 'error');
  return documents.length < texts.length || hasErrors ? undefined : set;
}

/** What a key may use is a policy of its own beside the organisation's. */
function keyRuleText({ input }: Vector): readonly string[] {
  const rule = input['key_rule'] as { readonly allow_providers: readonly string[] } | undefined;
  if (rule === undefined) return [];
  return [
    stringify({
      apiVersion: 'ambit/v1',
      kind: 'Policy',
      metadata: { name: 'key' },
      spec: { providers: { allow: rule.allow_providers } },
    }),
  ];
}

function preferencesOf({ headers = {} }: Request): ClientPreferences {
  const written = new Map(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return readClientPreferences({ headers: written }, { headers: [], formats: ['llmgateway'] });
}

function apiOf({ input }: Vector, { endpoint }: Request): Api {
  if (input['surface'] === 'anthropic') return 'messages';
  const isEmbedding = endpoint === '/v1/embeddings' || input['feature'] !== undefined;
  return isEmbedding ? 'embeddings' : 'chat_completions';
}

/** What a request comes to. */
interface Asked {
  readonly request: Request;
  readonly targets: readonly LlmgatewayTarget[];
  readonly client: ClientPreferences;
}

function requestOf(vector: Vector, { request, targets, client }: Asked): DecisionRequest {
  const { pinned_provider: pin, model = targets[0]?.model ?? 'm' } = request;
  const isPinned = typeof pin === 'string' && !model.includes('/');
  const severalModels = new Set(targets.map((each) => each.model)).size > 1;
  return {
    context: {
      ...EMPTY_CONTEXT,
      api: apiOf(vector, request),
      ...(severalModels ? {} : { model: isPinned ? `${pin}/${model}` : model }),
      modelIdStyle: 'pin',
      preferences: client.preferences,
    },
    candidates: targets.map((each) => candidateOf(refOf(each, targets), each)),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: client.problems,
  };
}

function refOf(target: LlmgatewayTarget, targets: readonly LlmgatewayTarget[]): string {
  const isAlone = targets.filter(({ id }) => id === target.id).length === 1;
  return isAlone ? target.id : pairOf(target).join('/');
}

function moreOf(
  vector: Vector,
  {
    decision: { block, eligible },
    targets,
    client,
    answer,
  }: {
    readonly decision: Decision;
    readonly targets: readonly LlmgatewayTarget[];
    readonly client: ClientPreferences;
    readonly answer: VectorAnswer;
  },
): Readonly<Record<string, unknown>> {
  const pairs = eligible.flatMap(({ ref }) =>
    targets.filter((each) => refOf(each, targets) === ref).map(pairOf),
  );
  return {
    eligible_pairs: pairs,
    security_event: block !== undefined,
    side_call: block === undefined ? 'made' : 'skipped',
    effective_policy: effectivePolicy(vector, client, answer),
    ...(block === undefined ? {} : { error_body: bodyOf(vector, block) }),
  };
}

/** A vector that only shows a body has a place where the message stands. */
function bodyOf({ input }: Vector, { body, message }: { body: string; message: string }): unknown {
  const shown = input['http_status'] === undefined ? message : '<message>';
  return JSON.parse(body.replaceAll(JSON.stringify(message), JSON.stringify(shown)));
}

/** The settings that a target which states nothing is found not to meet, those of the request included. */
function effectivePolicy(
  vector: Vector,
  { preferences: { processingRegions } }: ClientPreferences,
  { blocked }: VectorAnswer,
): Settings {
  const unmet = new Set(Object.values(blocked).flat());
  const stated = Object.entries((vector.input['policy'] ?? {}) as Settings).filter(
    ([key]) => key === 'enabled' || unmet.has(REASONS[key] ?? ''),
  );
  const isNarrower = processingRegions !== undefined && unmet.has('processing_regions');
  return {
    ...Object.fromEntries(stated),
    ...(isNarrower ? { dataResidency: processingRegions.join() } : {}),
  };
}
