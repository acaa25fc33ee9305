import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import { viewForLint, type LintView } from '../../../src/core/lint/lint-view';
import type { Finding } from '../../../src/core/model/finding';
import {
  DEFAULT_SETTINGS,
  type BoundDocument,
  type PolicySet,
} from '../../../src/core/model/policy-set';
import type { Scope } from '../../../src/core/model/policy';
import { NOW_MS } from './support';

const native = createNativeDialect({ compileExpression: compileCel });

/** One document: its kind, its name, and its spec in flow style or indented by two. */
export function doc(kind: string, name: string, spec: string): string {
  const lines = spec.startsWith('{')
    ? `spec: ${spec}`
    : `spec:\n${spec.replace(/^(?=.)/gmu, '  ')}`;
  return `apiVersion: ambit/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n${lines}\n`;
}

/** Several documents as one file. */
export function file(...documents: readonly string[]): string {
  return documents.join('---\n');
}

/** A set of native texts, which must have no errors; `f0`, `f1`, ... are their names. */
function setOfTexts(...texts: readonly string[]): PolicySet {
  return bind(...texts.map((text) => ({ text })));
}

/** The same, each file for a scope. */
export function bind(
  ...files: readonly { readonly text: string; readonly binding?: Scope }[]
): PolicySet {
  const read = files.map(({ text, binding }, index) => {
    const result = native.parse({ name: `f${String(index)}`, text });
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
    return { ...result, binding };
  });
  return {
    settings: read.flatMap(({ bundle }) => bundle?.settings ?? [])[0] ?? DEFAULT_SETTINGS,
    documents: read.flatMap(({ document, binding }): readonly BoundDocument[] => {
      if (document === undefined) return [];
      return [binding === undefined ? { document } : { document, binding }];
    }),
  };
}

/** A set as lint sees it. */
export function viewOf(...texts: readonly string[]): LintView {
  return viewForLint(setOfTexts(...texts), NOW_MS);
}

/** What a finding marks in its text. */
export function markedIn(text: string, { position, endColumn }: Finding): string {
  const line = text.split('\n')[position.line - 1] ?? '';
  return line.slice(position.column - 1, endColumn - 1);
}

/** Two providers of two models each, and one that is not at all like them; enough for lists to differ. */
export const CATALOG = doc(
  'Catalog',
  'c',
  `providers:
  - id: acme
    claims: { training_opt_out: true, retention_days: 0, processing_regions: [DE] }
    targets: [{ id: acme/a, model: a }, { id: acme/b, model: b }]
  - id: umbra
    claims: { training_opt_out: true, retention_days: 30, processing_regions: [US] }
    targets: [{ id: umbra/a, model: a }, { id: umbra/c, model: c }]`,
);

/** A policy for all. */
export function policy(name: string, spec: string): string {
  return doc('Policy', name, spec);
}
