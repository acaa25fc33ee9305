import fc from 'fast-check';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import { DEFAULT_SETTINGS, type PolicyDocument } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type RequestContext } from '../../../src/core/model/request';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { createVercelDialect } from '../../../src/dialects/vercel';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import type { DialectResult, PolicyDialect } from '../../../src/ports/policy-dialect';
import { runs, SEED } from '../../laws/support/runs';

/** The instant of every decision here; none depends on it. */
const NOW_MS = Date.UTC(2026, 9, 1);

/** Reads the text of a settings file. */
export function parseSettings(text: string): DialectResult {
  return createVercelDialect().parse({ name: 'vercel.yaml', text });
}

/** The text of a file that holds these lines of a team. */
export function teamText(...lines: readonly string[]): string {
  return ['vercel:', '  team:', ...lines.map((line) => `    ${line}`)].join('\n');
}

/** The one policy of a text that has no errors; fails the test with the findings otherwise. */
export function policyOf(...lines: readonly string[]): Policy {
  const { document, findings } = parseSettings(teamText(...lines));
  const [policy] = document?.policies ?? [];
  if (policy === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return policy;
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return parseSettings(text).findings.map(
    ({ severity, code, position: { line, column } }) =>
      `${severity} ${code} ${String(line)}:${String(column)}`,
  );
}

/** A list as `subject effect: entries`. */
export function shortList({ subject, effect, entries }: TargetList): string {
  return `${subject} ${effect}: ${entries.map(({ text }) => text).join(' ')}`;
}

/** The document of a text that must be right. */
export function documentOf(dialect: PolicyDialect, text: string): PolicyDocument {
  const { document, findings } = dialect.parse({ name: `${dialect.name}.yaml`, text });
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** Decides about all that a native catalog offers a request, under the settings of a team. */
export function decideBoth(
  { catalog, settings, contact }: { catalog: string; settings: string; contact?: string },
  context: Partial<RequestContext>,
): Decision {
  const dialect = createVercelDialect();
  const native = createNativeDialect({ compileExpression: compileCel });
  const set = {
    settings: { ...DEFAULT_SETTINGS, ...(contact === undefined ? {} : { contact }) },
    documents: [
      { document: documentOf(native, catalog) },
      { document: documentOf(dialect, settings) },
    ],
    providerTables: new Map([['vercel', dialect.providers ?? new Map<string, string>()]]),
  };
  const request = {
    context: { ...EMPTY_CONTEXT, modelIdStyle: 'author' as const, ...context },
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
  return decide(compileBundle(set, 'test'), request, NOW_MS);
}

/** A catalog of providers, each with its claims and one target `ID/m` of the model `m`. */
export function catalogText(providers: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'all' },
    spec: {
      providers: Object.entries(providers).map(([id, claims]) => ({
        id,
        ...(Object.keys(claims as object).length === 0 ? {} : { claims }),
        targets: [{ model: 'm' }],
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
