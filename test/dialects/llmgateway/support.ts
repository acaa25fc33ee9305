import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList, TargetPattern } from '../../../src/core/model/policy';
import type { Candidate, RequestContext } from '../../../src/core/model/request';
import { createLlmgatewayDialect } from '../../../src/dialects/llmgateway';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { decideBesideCatalog, leftBy, type Files } from '../support/beside-catalog';
import { documentOf, nativeCatalog, onlyPolicyOf, statedClaims } from '../support/documents';
import { shortFindings } from '../support/findings';

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
  return onlyPolicyOf(parseSettings(text));
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return shortFindings(parseSettings(text).findings);
}

/** A list as `subject effect: entries`, each entry as its pattern's parts. */
export function shortList({ subject, effect, entries }: TargetList): string {
  return `${subject} ${effect}: ${entries.map(({ pattern }) => shortPattern(pattern)).join(' ')}`;
}

function shortPattern({ provider = '*', model = '*' }: TargetPattern): string {
  return `${provider}|${model}`;
}

/** Decides about the candidates, or about all that the catalog offers the request. */
export function decideBoth(
  { settings, ...files }: Files,
  context: Partial<RequestContext>,
  candidates?: readonly Candidate[],
): Decision {
  const dialect = createLlmgatewayDialect();
  const document = documentOf(parseSettings(settings));
  return decideBesideCatalog(
    { dialect, document, ...files },
    { modelIdStyle: 'pin', ...context },
    candidates,
  );
}

/** The refs that are left. */
export function eligibleOf(...parts: Parameters<typeof decideBoth>): readonly string[] {
  return leftBy(decideBoth(...parts));
}

/** A catalog of providers, each with its claims and one target `ID/MODEL` a model. */
export function catalogText(
  providers: Readonly<Record<string, object>>,
  models: readonly string[] = ['m'],
): string {
  return nativeCatalog(
    Object.entries(providers).map(([id, claims]) => ({
      id,
      ...statedClaims(claims),
      targets: models.map((model) => ({ id: `${id}/${model}`, model })),
    })),
  );
}
