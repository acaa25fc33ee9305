import fc from 'fast-check';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import { DEFAULT_SETTINGS, type PolicyDocument } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type RequestContext } from '../../../src/core/model/request';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { createNgrokDialect } from '../../../src/dialects/ngrok';
import type { DialectResult, PolicyDialect } from '../../../src/ports/policy-dialect';
import { runs, SEED } from '../../laws/support/runs';

/** The instant of every decision here; none depends on it. */
const NOW_MS = Date.UTC(2026, 9, 1);

/** Reads the text of a file. */
export function parseGateway(text: string, name = 'gateway.yaml'): DialectResult {
  return createNgrokDialect().parse({ name, text });
}

/** The text of a traffic policy with one gateway, whose configuration holds these lines. */
export function gatewayText(...lines: readonly string[]): string {
  const config = lines.map((line) => `      ${line}`).join('\n');
  return `on_http_request:\n  - type: ai-gateway\n    config:\n${config}`;
}

/** The document of a text that must be right. */
export function documentOf(
  text: string,
  dialect: PolicyDialect = createNgrokDialect(),
): PolicyDocument {
  const { document, findings } = dialect.parse({ name: 'gateway.yaml', text });
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** The one policy of a gateway's configuration that has no errors. */
export function policyOf(...lines: readonly string[]): Policy {
  const [policy] = documentOf(gatewayText(...lines)).policies;
  if (policy === undefined) throw new Error('the file has no policy');
  return policy;
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return parseGateway(text).findings.map(
    ({ severity, code, position: { line, column } }) =>
      `${severity} ${code} ${String(line)}:${String(column)}`,
  );
}

/** A list as `subject effect: entries`, each as `provider` or `provider:model`. */
export function shortList({ subject, effect, entries }: TargetList): string {
  const shown = entries.map(({ pattern: { provider = '', model } }) =>
    model === undefined ? provider : `${provider}:${model}`,
  );
  return `${subject} ${effect}: ${shown.join(' ')}`.trim();
}

/** Decides about all that a native catalog offers a request, under the gateway of a file. */
export function decideBoth(
  { catalog, gateway, contact }: { catalog: string; gateway: string; contact?: string },
  context: Partial<RequestContext>,
): Decision {
  const dialect = createNgrokDialect();
  const native = createNativeDialect({ compileExpression: compileCel });
  const set = {
    settings: { ...DEFAULT_SETTINGS, ...(contact === undefined ? {} : { contact }) },
    documents: [{ document: documentOf(catalog, native) }, { document: documentOf(gateway) }],
    providerTables: new Map([['ngrok', dialect.providers ?? new Map<string, string>()]]),
  };
  const request = {
    context: { ...EMPTY_CONTEXT, api: 'chat_completions' as const, ...context },
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
  return decide(compileBundle(set, 'test'), request, NOW_MS);
}

/** A catalog of providers, each with one target `ID/MODEL` for each of its models. */
export function catalogText(providers: Readonly<Record<string, readonly string[]>>): string {
  return JSON.stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'all' },
    spec: {
      providers: Object.entries(providers).map(([id, models]) => ({
        id,
        targets: models.map((model) => ({ model })),
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
