import { stringify } from 'yaml';
import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import type { Decision } from '../../src/core/model/decision';
import { DEFAULT_SETTINGS, type PolicySet } from '../../src/core/model/policy-set';
import type { RequestContext } from '../../src/core/model/request';
import { checkSet } from '../../src/core/policy/check-set';
import { compileCel } from '../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../src/dialects/native/native-dialect';
import { answerOf, NOW_MS } from './answer-file';
import { requestFor } from './chat-request';
import type { Vector, VectorAnswer } from './vector';

/** A target of a native catalog, in the words of its file. */
export interface NativeTarget {
  readonly id: string;
  readonly model?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** What a vector of a product without a dialect comes to: native files, and who asks. */
export interface NativeQuestion {
  readonly targets: readonly NativeTarget[];
  /** The specs of policies; none: the bundle allows what no policy applies to. */
  readonly policies: readonly Readonly<Record<string, unknown>>[];
  /** The values of scope keys that exist. */
  readonly scopeValues?: Readonly<Record<string, readonly string[]>>;
  readonly context?: Partial<RequestContext>;
}

/** The answer of native files. */
export function answerNative(question: NativeQuestion): VectorAnswer {
  return answerOf(decideNative(question));
}

/** Reads the files as any are read, compiles the bundle and decides about all targets in their order. */
function decideNative({
  targets,
  policies,
  scopeValues = {},
  context = {},
}: NativeQuestion): Decision {
  const dialect = createNativeDialect({ compileExpression: compileCel });
  const text = nativeText({ targets, policies });
  const { document, findings } = dialect.parse({ name: 'vector.yaml', text });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (document === undefined || errors.length > 0) {
    throw new Error(`the adapter wrote what cannot be read: ${JSON.stringify(errors)}`);
  }
  const set: PolicySet = {
    settings: {
      ...DEFAULT_SETTINGS,
      whenNoPolicyApplies: policies.length === 0 ? 'allow' : 'block',
      scopeValues: new Map(Object.entries(scopeValues)),
    },
    documents: [{ document }],
  };
  const wrong = checkSet(set).filter(({ severity }) => severity === 'error');
  if (wrong.length > 0)
    throw new Error(`the adapter wrote what cannot be: ${JSON.stringify(wrong)}`);
  const request = requestFor(targets.map(({ id }) => id));
  const asked = { ...request, context: { ...request.context, ...context } };
  return decide(compileBundle(set, 'vectors'), asked, NOW_MS);
}

function nativeText({ targets, policies }: Pick<NativeQuestion, 'targets' | 'policies'>): string {
  const catalog = {
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'vector' },
    spec: {
      providers: [{ id: 'provider', models: 'any' }],
      targets: targets.map(({ id, model = id, claims }) => ({
        id,
        provider: 'provider',
        model,
        ...(claims === undefined || Object.keys(claims).length === 0 ? {} : { claims }),
      })),
    },
  };
  const written = policies.map((spec, index) => ({
    apiVersion: 'ambit/v1',
    kind: 'Policy',
    metadata: { name: `policy-${String(index)}` },
    spec,
  }));
  return [catalog, ...written].map((each) => stringify(each)).join('---\n');
}

/** Throws where the input holds a key that the adapter does not know, so that nothing is skipped silently. */
export function onlyKeys(vector: Vector, ...known: readonly string[]): void {
  const unknown = Object.keys(vector.input).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`the adapter does not know \`${unknown.join(', ')}\``);
}
