import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import type { RequestContext } from '../../../src/core/model/request';
import { createVercelDialect } from '../../../src/dialects/vercel';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { decideBesideCatalog, type Files } from '../support/beside-catalog';
import { documentOf, nativeCatalog, onlyPolicyOf, statedClaims } from '../support/documents';
import { shortFindings } from '../support/findings';

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
  return onlyPolicyOf(parseSettings(teamText(...lines)));
}

/** The findings of a text as `severity code line:column`. */
export function findingsOf(text: string): readonly string[] {
  return shortFindings(parseSettings(text).findings);
}

/** A list as `subject effect: entries`. */
export function shortList({ subject, effect, entries }: TargetList): string {
  return `${subject} ${effect}: ${entries.map(({ text }) => text).join(' ')}`;
}

/** Decides about all that a native catalog offers a request, under the settings of a team. */
export function decideBoth(
  { settings, ...files }: Files,
  context: Partial<RequestContext>,
): Decision {
  const dialect = createVercelDialect();
  const document = documentOf(parseSettings(settings));
  return decideBesideCatalog(
    { dialect, document, ...files },
    { modelIdStyle: 'author', ...context },
  );
}

/** A catalog of providers, each with its claims and one target `ID/m` of the model `m`. */
export function catalogText(providers: Readonly<Record<string, object>>): string {
  return nativeCatalog(
    Object.entries(providers).map(([id, claims]) => ({
      id,
      ...statedClaims(claims),
      targets: [{ model: 'm' }],
    })),
  );
}
