import type { Finding } from '../../../src/core/model/finding';
import { tableRows, textOf } from '../../tidy/support/project-files';

const [, SECTION = ''] = textOf('docs/editors.md').split('## What a schema cannot say');

/** Rows of the list: code, rule. */
const ROWS = tableRows(SECTION).filter(([code]) => /^[a-z_0-9]+$/u.test(code ?? ''));

/** Codes of the findings that only Ambit itself has: the closed list of docs/editors.md. */
export const BEYOND_SCHEMAS: readonly string[] = ROWS.map(([code = '']) => code);

/**
 * What the messages of a code say where no schema could: a code is listed for some of its findings, and the others must
 * be found by the schemas as well. Codes without an entry are listed for all of theirs.
 */
const ONLY_WHERE: Readonly<Record<string, RegExp>> = {
  contradiction:
    /allowed at .*denied at|`expires_at` is not after|a second (?:Bundle|document)|is expected eligible at|is that of the caller|would leave this machine|speaks plaintext/u,
  unknown_value: /is not declared in this bundle/u,
  invalid_text:
    /not an absolute URL|the url of a receiver is none|a server of NATS is|which is no address|must have at most|Ambit itself sends/u,
  out_of_range: /cannot be kept exactly/u,
  wrong_type: /must be a decimal number/u,
  plaintext_listener: /`(?:\[|127\.)/u,
};

/** The same expression may stand twice, and the same path to policies. */
const MAY_REPEAT: ReadonlySet<string> = new Set(['expression', 'policies']);

/** True if two items of a list of texts are the same, which schemas know. */
function hasTwins(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) {
    return Object.entries(value).some(([key, part]) => !MAY_REPEAT.has(key) && hasTwins(part));
  }
  const items = value as readonly unknown[];
  const texts = items.filter((item) => typeof item === 'string');
  return new Set(texts).size < texts.length || items.some(hasTwins);
}

/** True if no schema can say what is found in a document of these values. */
export function isBeyondSchemas(finding: Finding, values: unknown): boolean {
  const { code, message } = finding;
  if (!BEYOND_SCHEMAS.includes(code)) return false;
  if (code === 'duplicate_item' && hasTwins(values)) return false;
  // The characters that schemas count are as many as the decoder's, except for those that it counts twice.
  if (message.includes('must have at most'))
    return /[\u{10000}-\u{10FFFF}]/u.test(JSON.stringify(values));
  return ONLY_WHERE[code]?.test(message) !== false;
}
