import type { Scope } from '../core/model/policy';
import type { ArrangedFile } from './arrange-sources';

/**
 * One text for everything that a bundle is made from: two sets have the same text exactly if they have the same
 * files (name, dialect, binding, content) in the same order. Names count because reasons show them; tests do not,
 * because they decide nothing.
 */
export function canonicalText(files: readonly ArrangedFile[]): string {
  return JSON.stringify(
    files.map(({ source, dialect, binding, text }) => [
      source.name,
      dialect,
      binding === undefined ? null : canonicalScope(binding),
      text ?? source.text,
    ]),
  );
}

function canonicalScope(scope: Scope): unknown {
  return [...scope.entries()].sort(([left], [right]) => (left < right ? -1 : 1));
}
