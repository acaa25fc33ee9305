import fc from 'fast-check';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import { DEFAULT_SETTINGS, type PolicyDocument } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type RequestContext } from '../../../src/core/model/request';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import type { DialectResult, PolicyDialect } from '../../../src/ports/policy-dialect';
import { runs, SEED } from '../../laws/support/runs';

/** The instant of every decision here; none depends on it. */
const NOW_MS = Date.UTC(2026, 9, 1);

/** Reads the text of a settings file. */
export function parseSettings(text: string): DialectResult {
  return createOpenrouterDialect().parse({ name: 'openrouter.yaml', text });
}

/** The text of a file that holds these lines of an account. */
export function accountText(...lines: readonly string[]): string {
  return ['openrouter:', '  account:', ...lines.map((line) => `    ${line}`)].join('\n');
}

/** The text of a file that holds these lines of one guardrail. */
export function guardrailText(...lines: readonly string[]): string {
  const rest = lines.map((line) => `      ${line}`);
  return ['openrouter:', '  guardrails:', '    - name: one', ...rest].join('\n');
}

/** The policies of a text that has no errors; fails the test with the findings otherwise. */
export function policiesOf(text: string): readonly Policy[] {
  return documentOf(createOpenrouterDialect(), text).policies;
}

/** The one policy of such a text. */
export function policyOf(text: string): Policy {
  const [policy, ...others] = policiesOf(text);
  if (policy === undefined || others.length > 0) throw new Error('there is not one policy');
  return policy;
}

/** What a text requires, by policy: the kinds of its rules. */
export function rulesOf(text: string): readonly (readonly [string, readonly string[]])[] {
  return policiesOf(text).map(({ id, requirements }) => [
    id,
    requirements.map(({ rule: { kind } }) => kind),
  ]);
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return parseSettings(text).findings.map(
    ({ severity, code, position: { line, column } }) =>
      `${severity} ${code} ${String(line)}:${String(column)}`,
  );
}

/** A list as `subject effect: patterns`. */
export function shortList({ subject, effect, entries }: TargetList): string {
  const patterns = entries.map(({ pattern }) => Object.values(pattern).join('+'));
  return `${subject} ${effect}: ${patterns.join(' ')}`;
}

/** The document of a text that must be right. */
export function documentOf(dialect: PolicyDialect, text: string): PolicyDocument {
  const { document, findings } = dialect.parse({ name: `${dialect.name}.yaml`, text });
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** Decides about all that a native catalog offers a request, under the settings of an account. */
export function decideBoth(
  { catalog, settings, contact }: { catalog: string; settings: string; contact?: string },
  context: Partial<RequestContext>,
): Decision {
  const dialect = createOpenrouterDialect();
  const native = createNativeDialect({ compileExpression: compileCel });
  const set = {
    settings: { ...DEFAULT_SETTINGS, ...(contact === undefined ? {} : { contact }) },
    documents: [
      { document: documentOf(native, catalog) },
      { document: documentOf(dialect, settings) },
    ],
    providerTables: new Map([['openrouter', dialect.providers ?? new Map<string, string>()]]),
  };
  const request = {
    context: {
      ...EMPTY_CONTEXT,
      modelIdStyle: 'author' as const,
      api: 'chat_completions' as const,
      ...context,
    },
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
  return decide(compileBundle(set, 'test'), request, NOW_MS);
}

/** Targets that a decision leaves, by id. */
export function leftBy(decision: Decision): readonly string[] {
  return decision.eligible.map(({ ref }) => ref);
}

/** A catalog with these providers, as its `spec.providers` states them. */
export function catalogText(providers: readonly unknown[]): string {
  return JSON.stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'all' },
    spec: { providers },
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
