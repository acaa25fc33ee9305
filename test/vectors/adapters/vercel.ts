import { parse, stringify } from 'yaml';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type DecisionRequest } from '../../../src/core/model/request';
import { checkSet } from '../../../src/core/policy/check-set';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createVercelDialect } from '../../../src/dialects/vercel';
import { readClientPreferences, type ClientPreferences } from '../../../src/pep/preferences';
import type { PolicyDialect } from '../../../src/ports/policy-dialect';
import { answerOf, NOW_MS } from '../answer-file';
import type { ProductAdapter, Vector, VectorAnswer } from '../vector';

/** Keys of an input; `event` says in words what `added_after_list` says of the target. */
const KNOWN_KEYS: readonly string[] = ['team', 'request', 'targets', 'event', 'surface'];

/** A target as a vector describes it: a provider, and whose credential it is used with. */
interface Target {
  readonly id: string;
  readonly credential?: 'byok' | 'system';
  readonly zdr?: boolean | null;
  readonly byok_marked_zdr?: boolean;
  readonly trains?: boolean;
  readonly quantization?: string | null;
  readonly added_after_list?: boolean;
}

/** `providerOptions.gateway`, and the model beside it. */
interface GatewayRequest {
  readonly model?: string;
  readonly only?: readonly string[];
  readonly order?: readonly string[];
  readonly byok?: readonly string[];
  readonly zeroDataRetention?: boolean;
  readonly disallowPromptTraining?: boolean;
  readonly has?: readonly string[];
}

/** Vercel: the team of a vector becomes the text of a settings file, its targets a catalog, its request preferences. */
export const vercel: ProductAdapter = {
  product: 'vercel',
  reasons: {},
  answer(vector) {
    const unknown = Object.keys(vector.input).filter((key) => !KNOWN_KEYS.includes(key));
    if (unknown.length > 0) throw new Error(`the adapter does not know \`${unknown.join(', ')}\``);
    const request = (vector.input['request'] ?? {}) as GatewayRequest;
    const targets = targetsOf(vector, request);
    const set = setOf(vector, targets, bareModel(request));
    if (set === undefined) return REFUSED;
    const asked = requestOf(vector, request, targets);
    const decision = decide(compileBundle(set, 'vectors'), asked, NOW_MS);
    return { httpStatus: 200, ...answerOf(decision), more: moreOf(decision, targets) };
  },
};

const REFUSED: VectorAnswer = { configError: true, outcome: 'block', eligible: [], blocked: {} };

/** Where a vector names no target, those that its request can only mean, and one that it does not mean. */
function targetsOf(vector: Vector, { model, only }: GatewayRequest): readonly Target[] {
  const stated = vector.input['targets'] as readonly Target[] | undefined;
  const author = model?.split('/')[0];
  return stated ?? [{ id: only?.[0] ?? author ?? 'a' }, { id: 'elsewhere' }];
}

function bareModel({ model = 'm' }: GatewayRequest): string {
  return model.slice(model.indexOf('/') + 1);
}

function refOf({ id, credential }: Target): string {
  return credential === undefined ? id : `${id}/${credential}`;
}

function setOf(vector: Vector, targets: readonly Target[], model: string): PolicySet | undefined {
  const team = vector.input['team'] as Readonly<Record<string, unknown>> | undefined;
  const texts: readonly (readonly [PolicyDialect, string])[] = [
    [createNativeDialect({ compileExpression: compileCel }), catalogOf(targets, model)],
    ...(team === undefined ? [] : [[createVercelDialect(), settingsOf(team, targets)] as const]),
  ];
  const documents = texts.flatMap(([dialect, text]) => {
    const { document } = dialect.parse({ name: `${vector.id}.yaml`, text });
    return document === undefined ? [] : [{ document }];
  });
  const whenNoPolicyApplies = team === undefined ? 'allow' : 'block';
  const set: PolicySet = {
    settings: { ...DEFAULT_SETTINGS, whenNoPolicyApplies },
    documents,
    providerTables: new Map([['vercel', createVercelDialect().providers ?? new Map()]]),
  };
  const hasErrors = checkSet(set).some(({ severity }) => severity === 'error');
  return documents.length < texts.length || hasErrors ? undefined : set;
}

/** Where a vector says what is disabled, what was known then are its targets, save those that came later. */
function settingsOf(team: Readonly<Record<string, unknown>>, targets: readonly Target[]): string {
  const disabled = team['disabled'] as readonly string[] | undefined;
  const then = targets.filter((each) => each.added_after_list !== true).map(({ id }) => id);
  const known = [...new Set([...(disabled ?? []), ...then, 'elsewhere'])];
  const read = disabled === undefined ? {} : { as_of: '2026-01-01', providers: known };
  return stringify({ vercel: { team: { ...team, ...read } } });
}

function catalogOf(targets: readonly Target[], model: string): string {
  const providers = [...new Set(targets.map(({ id }) => id))].map((id) => {
    const own = targets.filter((each) => each.id === id);
    const credentials = own.flatMap(credentialOf);
    return {
      id,
      ...(credentials.length === 0 ? {} : { credentials }),
      targets: own.map((each) => declarationOf(each, model)),
    };
  });
  return stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'targets' },
    spec: { providers },
  });
}

/** A key that is marked has an agreement of its own; one that is not has none that is known. */
function credentialOf(target: Target): readonly unknown[] {
  if (target.credential === undefined) return [];
  const owner = target.credential === 'byok' ? 'customer' : 'operator';
  const marked = target.byok_marked_zdr;
  const claims = marked === undefined ? {} : { claims: { zero_data_retention: marked } };
  return [{ id: refOf(target), owner, ...claims }];
}

function declarationOf(target: Target, model: string): unknown {
  const claims = {
    ...(typeof target.zdr === 'boolean' ? { zero_data_retention: target.zdr } : {}),
    ...(target.trains === undefined ? {} : { training_opt_out: !target.trains }),
    ...(typeof target.quantization === 'string' ? { quantization: target.quantization } : {}),
  };
  const credential = target.credential === undefined ? {} : { credential: refOf(target) };
  const stated = Object.keys(claims).length === 0 ? {} : { claims };
  return { id: refOf(target), model, ...credential, ...stated };
}

function requestOf(
  vector: Vector,
  request: GatewayRequest,
  targets: readonly Target[],
): DecisionRequest {
  const { preferences, problems } = preferencesOf(request);
  return {
    context: {
      ...EMPTY_CONTEXT,
      api: vector.input['surface'] === 'realtime' ? 'realtime' : 'chat_completions',
      ...(request.model === undefined ? {} : { model: request.model }),
      modelIdStyle: 'author',
      preferences,
    },
    candidates: targets.map((each) => ({ ref: refOf(each), target: refOf(each), claims: [] })),
    caller: { rewritesModel: true, ownsClaims: false },
    problems,
  };
}

/** What the client wrote, as any is read. `byok` says whose credentials the targets have, and they say so. */
function preferencesOf({ model = 'm', ...options }: GatewayRequest): ClientPreferences {
  const gateway = Object.fromEntries(Object.entries(options).filter(([key]) => key !== 'byok'));
  const body = { model, providerOptions: { gateway } };
  return readClientPreferences({ body, headers: new Map() }, { formats: ['vercel'], headers: [] });
}

/** What is attempted is told by credential where all targets are one provider's. */
function moreOf(
  { block, verdicts, eligible: left }: Decision,
  targets: readonly Target[],
): Readonly<Record<string, unknown>> {
  const eligible = left.flatMap(({ ref }) => targets.filter((each) => refOf(each) === ref));
  const isOneProvider = new Set(targets.map(({ id }) => id)).size === 1;
  return {
    ...(block === undefined ? {} : { error_body: parse(block.body) as unknown }),
    eligible_credentials: eligible.map(({ credential }) => credential),
    eligible_pairs: eligible.map(({ id, credential }) => [id, credential]),
    attempt_order: eligible.map(({ id, credential }) => (isOneProvider ? credential : id)),
    fails: block !== undefined,
    filter_applied: verdicts.some(
      (each) => !each.eligible && each.reasons.some(({ code }) => code === 'request_only'),
    ),
  };
}
