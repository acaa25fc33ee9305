import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { RequestContext } from '../../../src/core/model/request';
import { createNgrokDialect } from '../../../src/dialects/ngrok';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { decideBesideCatalog, type Files } from '../support/beside-catalog';
import { documentOf as documentOfResult, nativeCatalog } from '../support/documents';
import { shortFindings } from '../support/findings';

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
export function documentOf(text: string): PolicyDocument {
  return documentOfResult(parseGateway(text));
}

/** The one policy of a gateway's configuration that has no errors. */
export function policyOf(...lines: readonly string[]): Policy {
  const [policy] = documentOf(gatewayText(...lines)).policies;
  if (policy === undefined) throw new Error('the file has no policy');
  return policy;
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return shortFindings(parseGateway(text).findings);
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
  { gateway, ...files }: Omit<Files, 'settings'> & { readonly gateway: string },
  context: Partial<RequestContext>,
): Decision {
  const both = { dialect: createNgrokDialect(), document: documentOf(gateway), ...files };
  return decideBesideCatalog(both, { api: 'chat_completions', ...context });
}

/** A catalog of providers, each with one target `ID/MODEL` for each of its models. */
export function catalogText(providers: Readonly<Record<string, readonly string[]>>): string {
  return nativeCatalog(
    Object.entries(providers).map(([id, models]) => ({
      id,
      targets: models.map((model) => ({ model })),
    })),
  );
}
