import { nearestName } from '../dialects/yaml/nearest';
import type { PolicyRoot } from '../ports/service-config';
import type { ParsedArguments } from './parsed-arguments';
import { orList } from './text';
import { UsageError } from './usage-error';

const PREFIXED = /^([a-z][a-z0-9_-]+):(.+)$/;

/**
 * The files and directories that the arguments name, in their order: `--policy`, `--catalog`, then arguments
 * without a name. None is an error: nothing would be checked, and nothing could be decided.
 */
export function rootsOf(
  parsed: ParsedArguments,
  dialectNames: readonly string[],
): readonly PolicyRoot[] {
  const texts = [...parsed.values('policy'), ...parsed.values('catalog'), ...parsed.positionals];
  if (texts.length === 0) {
    throw new UsageError(
      'there is nothing to read: no policy file is given',
      'name one with `--policy FILE`',
    );
  }
  return rootsFrom(texts, dialectNames);
}

/** The files and directories that the texts name, as `[DIALECT:]PATH`. The standard input can be named once. */
export function rootsFrom(
  texts: readonly string[],
  dialectNames: readonly string[],
): readonly PolicyRoot[] {
  const roots = texts.map((text) => rootOf(text, dialectNames));
  if (roots.filter((root) => root.path === '-').length > 1) {
    throw new UsageError(
      'the standard input `-` is named twice, and can be read only once',
      'name it once',
    );
  }
  return roots;
}

function rootOf(text: string, dialectNames: readonly string[]): PolicyRoot {
  const match = PREFIXED.exec(text);
  const [dialect, path] = [match?.[1], match?.[2]];
  if (dialect === undefined || path === undefined) return { path: text };
  if (dialectNames.includes(dialect)) return { path, dialect };
  const nearest = nearestName(dialect, dialectNames);
  throw new UsageError(
    `\`${dialect}\` in \`${text}\` is no dialect`,
    nearest === undefined
      ? `use ${orList(dialectNames.map((name) => `\`${name}:\``))}, or \`./${text}\` for a file of that name`
      : `did you mean \`${nearest}:${path}\`?`,
  );
}
