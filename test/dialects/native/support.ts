import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { placesAndCodes } from '../support/findings';

/** The dialect as it is wired, with the real expression compiler. */
export const native = createNativeDialect({ compileExpression: compileCel });

/** Reads one file of native documents. */
export function parse(text: string): DialectResult {
  return native.parse({ name: 'policy.yaml', text });
}

/** What is found in it, as `line:column-end code`. */
export function findingsOf(text: string): readonly string[] {
  return placesAndCodes(parse(text).findings);
}

/** Lines 1 to 4 of a document, so that the spec given starts on line 5. */
export function document(kind: string, spec: string): string {
  const indented = spec.replace(/^(?=.)/gmu, '  ');
  return `apiVersion: ambit/v1\nkind: ${kind}\nmetadata: { name: test }\nspec:\n${indented}\n`;
}

/** A policy whose requirements, from line 6 and column 5 on, are those given. */
export function requirements(lines: string): string {
  return document('Policy', `requirements:\n${lines.replace(/^(?=.)/gmu, '  ')}`);
}
