import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { documentOf as documentOfResult } from '../support/documents';

/** Reads a pack's text with the default settings. */
export function parsePack(text: string): DialectResult {
  return createKeeptrustsDialect().parse({ name: 'pack.yaml', text });
}

/** The document of a pack that has no errors. */
export function documentOf(text: string): PolicyDocument {
  return documentOfResult(parsePack(text));
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
