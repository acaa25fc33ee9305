import fc from 'fast-check';
import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import type { Finding } from '../../../src/core/model/finding';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { runs, SEED } from '../../laws/support/runs';

/** Reads a pack's text with the default settings. */
export function parsePack(text: string): DialectResult {
  return createKeeptrustsDialect().parse({ name: 'pack.yaml', text });
}

/** The document of a pack that has no errors; fails the test with the findings otherwise. */
export function documentOf(text: string): PolicyDocument {
  const { document, findings } = parsePack(text);
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** The findings as `severity code line:column`, which is what most tests compare. */
export function shortFindings(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ severity, code, position: { line, column } }) =>
      `${severity} ${code} ${String(line)}:${String(column)}`,
  );
}

/** The parts of a small pack, each as the lines of a file. */
export interface PackParts {
  readonly pack?: string;
  readonly target?: string;
  readonly providers?: string;
  readonly chain?: string;
  readonly policy?: string;
  readonly rest?: string;
}

/** A pack of one target and one policy, with parts replaced. Parts hold their own indentation. */
export function packText(parts: PackParts = {}): string {
  return [
    'pack:',
    parts.pack ?? '  name: sample\n  enabled: true',
    'providers:',
    '  targets:',
    '    - id: one',
    '      provider: openai',
    '      model: gpt-4o',
    parts.target ?? '      zdr: true',
    parts.providers ?? '',
    'policies:',
    `  chain: ${parts.chain ?? '[data-routing-policy]'}`,
    parts.policy ?? 'policy:\n  data-routing-policy:\n    require_zero_data_retention: true',
    parts.rest ?? '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Checks a property; `count`, times what the environment says, is how often it runs. */
export function check<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  holds: (value: T) => void,
): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns: runs(count), seed: SEED });
}
