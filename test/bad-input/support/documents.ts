/** Lines 1 to 4 of a document, so that the spec given starts on line 5. */
export function native(kind: string, spec: string): string {
  return `apiVersion: ambit/v1\nkind: ${kind}\nmetadata: { name: test }\nspec:\n${indent(spec)}\n`;
}

/** A policy whose requirements, from line 6 and column 5 on, are those given. */
export function requirements(lines: string): string {
  return native('Policy', `requirements:\n${indent(lines)}`);
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gmu, '  ');
}

/** A pack: `target` continues the one target from line 10 on, `policy` the settings of the one policy. */
export function pack({
  head = '',
  target = '      zdr: true',
  chain = '[data-routing-policy]',
  policy = '    require_zero_data_retention: true',
  rest = '',
}: PackParts = {}): string {
  return `pack:
  name: sample
  version: 1.0.0${head}
providers:
  targets:
    - id: one
      provider: openai
      model: gpt-4o
${target}
policies:
  chain: ${chain}
policy:
  data-routing-policy:
${policy}
${rest}`;
}

/** What differs from a good pack; each part has its own indentation. */
export interface PackParts {
  readonly head?: string;
  readonly target?: string;
  readonly chain?: string;
  readonly policy?: string;
  readonly rest?: string;
}

/** What stands beside each file and is always right. */
export const BESIDE = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: beside }
spec:
  providers:
    - id: openai
      claims: { training_opt_out: true, gdpr: true }
      targets: [{ id: openai/gpt-4o, model: gpt-4o }]
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: beside }
spec: { requirements: { require_no_training: true } }
`;

/** A text in UTF-16. */
export function utf16(text: string, order: 'little' | 'big', mark: boolean): Uint8Array {
  const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le');
  return order === 'little' ? bytes : bytes.swap16();
}

/** A text with bytes of any kind in it: each character below 256 is one byte. */
export function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
