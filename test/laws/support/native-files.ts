import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../../src/dialects/native/native-dialect';
import type { PolicySet } from '../../../src/core/model/policy-set';
import type { PrintedFile } from '../../generators/native-text';
import type { DialectResult } from '../../../src/ports/policy-dialect';

const native = createNativeDialect({ compileExpression: compileCel });

/** Reads a native file with the dialect and the expressions that serve. */
export function parseNative(text: string, name = 'policy.yaml'): DialectResult {
  return native.parse({ name, text });
}

/** A set that was read from files, the root of which binds the others; or the first findings of level error. */
export type ReadSet = { readonly set: PolicySet } | { readonly errors: readonly string[] };

/** Reads printed files as the service does, but for where they lie. */
export function readNativeFiles(files: readonly PrintedFile[]): ReadSet {
  const results = new Map(files.map(({ name, text }) => [name, parseNative(text, name)]));
  const errors = [...results.values()].flatMap(({ findings }) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, position }) => `${position.file}: ${code}: ${message}`),
  );
  const root = results.get('bundle.yaml')?.bundle;
  if (errors.length > 0 || root === undefined) {
    return { errors };
  }
  const documents = root.includes.flatMap(({ file, scope }) => {
    const document = results.get(file)?.document;
    return document === undefined
      ? []
      : [{ document, ...(scope === undefined ? {} : { binding: scope }) }];
  });
  return { set: { settings: root.settings, documents } };
}
