import type { Decision } from '../../../src/core/model/decision';
import type { Policy, TargetList } from '../../../src/core/model/policy';
import type { RequestContext } from '../../../src/core/model/request';
import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { decideBesideCatalog, type Files } from '../support/beside-catalog';
import { documentOf, onlyPolicyOf } from '../support/documents';
import { shortFindings } from '../support/findings';

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
  return documentOf(parseSettings(text)).policies;
}

/** The one policy of such a text. */
export function policyOf(text: string): Policy {
  return onlyPolicyOf(parseSettings(text));
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
  return shortFindings(parseSettings(text).findings);
}

/** A list as `subject effect: patterns`. */
export function shortList({ subject, effect, entries }: TargetList): string {
  const patterns = entries.map(({ pattern }) => Object.values(pattern).join('+'));
  return `${subject} ${effect}: ${patterns.join(' ')}`;
}

/** Decides about all that a native catalog offers a request, under the settings of an account. */
export function decideBoth(
  { settings, ...files }: Files,
  context: Partial<RequestContext>,
): Decision {
  const dialect = createOpenrouterDialect();
  const document = documentOf(parseSettings(settings));
  return decideBesideCatalog(
    { dialect, document, ...files },
    { modelIdStyle: 'author', api: 'chat_completions', ...context },
  );
}
