import { stringify } from 'yaml';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type DecisionRequest } from '../../../src/core/model/request';
import { checkSet } from '../../../src/core/policy/check-set';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { createNgrokDialect } from '../../../src/dialects/ngrok';
import type { PolicyDialect } from '../../../src/ports/policy-dialect';
import { answerOf, NOW_MS } from '../answer-file';
import type { ProductAdapter, VectorAnswer } from '../vector';
import { inputOfCause } from './ngrok-causes';
import { catalogOf, fileOf, namesOf, type NgrokInput, type NgrokRequest } from './ngrok-input';

const KNOWN_KEYS: readonly string[] = [
  ...['config', 'access', 'strategy', 'request', 'requests', 'targets', 'cause'],
];

const REFUSED: VectorAnswer = {
  configError: true,
  outcome: 'block',
  eligible: [],
  blocked: {},
  more: { allowed: false },
};

/** ngrok: the configuration of a vector becomes the text of a traffic policy or of an access key's configuration. */
export const ngrok: ProductAdapter = {
  product: 'ngrok',
  reasons: {},
  answer(vector) {
    const unknown = Object.keys(vector.input).filter((key) => !KNOWN_KEYS.includes(key));
    if (unknown.length > 0) throw new Error(`the adapter does not know \`${unknown.join(', ')}\``);
    const { cause } = vector.input as { readonly cause?: string };
    if (cause === undefined) return answerTo(vector.input);
    const { input, upstream } = inputOfCause(cause);
    const answer = answerTo(input);
    // What policy lets through is answered by the gateway: that nobody is up is told apart from a block.
    return answer.outcome === 'allow' ? { ...answer, ...upstream } : answer;
  },
};

/** Each of several requests is one of its own; what is told beside them is told of the first. */
function answerTo(input: NgrokInput): VectorAnswer {
  const set = setOf(input);
  if (set === undefined) return REFUSED;
  const requests = input.requests ?? [input.request ?? {}];
  const decisions = requests.map((each) =>
    decide(
      compileBundle(set, 'vectors'),
      requestOf(input, typeof each === 'string' ? { model: each } : each),
      NOW_MS,
    ),
  );
  const [first] = decisions;
  if (first === undefined) throw new Error('the vector asks nothing');
  const allowed = decisions.map(({ outcome }) => outcome === 'allow');
  return {
    httpStatus: 200,
    ...answerOf(first),
    ...namesInWords(first),
    more: { allowed: input.requests === undefined ? allowed[0] : allowed, ...moreOf(first) },
  };
}

/** Refs in the words of requests: a target is `provider:model` there, and `provider/model` in a catalog. */
function namesInWords({
  eligible,
  verdicts,
}: Decision): Pick<VectorAnswer, 'eligible' | 'blocked'> {
  const blocked = verdicts.filter((each) => !each.eligible);
  return {
    eligible: eligible.map(({ ref }) => ref),
    blocked: Object.fromEntries(
      blocked.map((each) => [each.ref, each.reasons.map(({ code }) => code)]),
    ),
  };
}

function moreOf({ block, verdicts, eligible }: Decision): Readonly<Record<string, unknown>> {
  const body =
    block === undefined
      ? undefined
      : (JSON.parse(block.body) as { readonly error?: { readonly type?: unknown } });
  return {
    ...(body === undefined ? {} : { error_body: body, error_type: body.error?.type }),
    fails: block !== undefined,
    provider_matched: verdicts.length > 0,
    resolved_provider: eligible[0]?.target.split('/')[0],
  };
}

function setOf(input: NgrokInput): PolicySet | undefined {
  const native = createNativeDialect({ compileExpression: compileCel });
  const file = fileOf(input);
  const texts: readonly (readonly [PolicyDialect, unknown])[] = [
    [native, catalogOf(input)],
    ...(file === undefined ? [] : [[createNgrokDialect(), file] as const]),
  ];
  const documents = texts.flatMap(([dialect, value]) => {
    const { document } = dialect.parse({ name: `${dialect.name}.yaml`, text: stringify(value) });
    return document === undefined ? [] : [{ document }];
  });
  const set: PolicySet = {
    settings: { ...DEFAULT_SETTINGS, whenNoPolicyApplies: file === undefined ? 'allow' : 'block' },
    documents,
    providerTables: new Map([['ngrok', createNgrokDialect().providers ?? new Map()]]),
  };
  const hasErrors = checkSet(set).some(({ severity }) => severity === 'error');
  return documents.length < texts.length || hasErrors ? undefined : set;
}

/** A request that names only a provider asks for whatever model it has: it is sent as `provider:m`. */
function requestOf({ targets }: NgrokInput, request: NgrokRequest): DecisionRequest {
  const { model, models, provider } = request;
  const asked = provider === undefined ? model : `${provider}:m`;
  const offered = targets?.map(({ id }) => id) ?? namesOf(request);
  const named = targets !== undefined || models !== undefined;
  return {
    context: {
      ...EMPTY_CONTEXT,
      api: 'chat_completions',
      ...(typeof asked === 'string' ? { model: asked } : {}),
      models: models ?? [],
    },
    ...(named
      ? {
          candidates: offered.map((name) => {
            const [id = '', own = 'm'] = name.split(':');
            return { ref: name, provider: id, model: own, claims: [] };
          }),
        }
      : {}),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
}
