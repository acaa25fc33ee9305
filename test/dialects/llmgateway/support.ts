import fc from 'fast-check';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList, TargetPattern } from '../../../src/core/model/policy';
import { DEFAULT_SETTINGS, type PolicyDocument } from '../../../src/core/model/policy-set';
import {
  EMPTY_CONTEXT,
  type Candidate,
  type RequestContext,
} from '../../../src/core/model/request';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createLlmgatewayDialect } from '../../../src/dialects/llmgateway';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import type { DialectResult, PolicyDialect } from '../../../src/ports/policy-dialect';
import { runs, SEED } from '../../laws/support/runs';

/** The instant of every decision here; none depends on it. */
const NOW_MS = Date.UTC(2026, 9, 1);

/** Reads the text of a settings file. */
export function parseSettings(text: string): DialectResult {
  return createLlmgatewayDialect().parse({ name: 'llmgateway.yaml', text });
}

/** The text of a file that holds these lines of one part: `policy`, or `restriction`. */
export function partText(part: string, ...lines: readonly string[]): string {
  return ['llmgateway:', `  ${part}:`, ...lines.map((line) => `    ${line}`)].join('\n');
}

/** The text of a file whose policy is enabled, with these lines from line 4 on. */
export function policyText(...lines: readonly string[]): string {
  return partText('policy', 'enabled: true', ...lines);
}

/** The one policy of a text that has no errors; fails the test with the findings otherwise. */
export function policyOf(text: string): Policy {
  const [policy, ...others] = documentOf(createLlmgatewayDialect(), text).policies;
  if (policy === undefined || others.length > 0) throw new Error('there is not one policy');
  return policy;
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return parseSettings(text).findings.map(
    ({ severity, code, position: { line, column } }) =>
      `${severity} ${code} ${String(line)}:${String(column)}`,
  );
}

/** A list as `subject effect: entries`, each entry as its pattern's parts. */
export function shortList({ subject, effect, entries }: TargetList): string {
  return `${subject} ${effect}: ${entries.map(({ pattern }) => shortPattern(pattern)).join(' ')}`;
}

function shortPattern({ provider = '*', model = '*' }: TargetPattern): string {
  return `${provider}|${model}`;
}

/** The document of a text that must be right. */
function documentOf(dialect: PolicyDialect, text: string): PolicyDocument {
  const { document, findings } = dialect.parse({ name: `${dialect.name}.yaml`, text });
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** What is decided: a native catalog and settings, and whom the bundle names to ask. */
export interface Files {
  readonly catalog: string;
  readonly settings: string;
  readonly contact?: string;
}

/** Decides about the candidates, or about all that the catalog offers the request. */
export function decideBoth(
  { catalog, settings, contact }: Files,
  context: Partial<RequestContext>,
  candidates?: readonly Candidate[],
): Decision {
  const dialect = createLlmgatewayDialect();
  const native = createNativeDialect({ compileExpression: compileCel });
  const set = {
    settings: { ...DEFAULT_SETTINGS, ...(contact === undefined ? {} : { contact }) },
    documents: [
      { document: documentOf(native, catalog) },
      { document: documentOf(dialect, settings) },
    ],
    providerTables: new Map([['llmgateway', dialect.providers ?? new Map<string, string>()]]),
  };
  const request = {
    context: { ...EMPTY_CONTEXT, modelIdStyle: 'pin' as const, ...context },
    ...(candidates === undefined ? {} : { candidates }),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
  return decide(compileBundle(set, 'test'), request, NOW_MS);
}

/** The refs that are left. */
export function eligibleOf(...parts: Parameters<typeof decideBoth>): readonly string[] {
  return decideBoth(...parts).eligible.map(({ ref }) => ref);
}

/** A catalog of providers, each with its claims and one target `ID/MODEL` a model. */
export function catalogText(
  providers: Readonly<Record<string, object>>,
  models: readonly string[] = ['m'],
): string {
  return JSON.stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'all' },
    spec: {
      providers: Object.entries(providers).map(([id, claims]) => ({
        id,
        ...(Object.keys(claims).length === 0 ? {} : { claims }),
        targets: models.map((model) => ({ id: `${id}/${model}`, model })),
      })),
    },
  });
}

/** Checks a property; `count`, times what the environment says, is how often it runs. */
export function check<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  holds: (value: T) => void,
): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns: runs(count), seed: SEED });
}
