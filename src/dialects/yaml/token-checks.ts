import type { CST } from 'yaml';
import { MAX_DEPTH } from './limits';
import type { Report } from './report';
import { quote, type Span } from './source-text';

/** A token and the number of collections around it. */
interface Visit {
  readonly token: CST.Token;
  readonly depth: number;
}

/**
 * Checks the raw tokens before they become values, without recursion: values that are nested too deep would
 * exhaust the stack. Rejects anchors, aliases and tags at their own place, and directives, which could switch
 * the file to YAML 1.1. False: stop here.
 */
export function checkTokens(report: Report, tokens: readonly CST.Token[]): boolean {
  const pending: Visit[] = tokens.map((token) => ({ token, depth: 0 })).toReversed();
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    if (visit.depth > MAX_DEPTH) return rejectDepth(report, visit.token);
    checkToken(report, visit.token);
    const depth = visit.depth + 1;
    for (const token of childTokens(visit.token)) pending.push({ token, depth });
  }
  return true;
}

function childTokens(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return [...token.start, ...present([token.value])];
  if (token.type === 'block-scalar') return token.props;
  if (!('items' in token)) return [];
  return token.items.flatMap((item) => [
    ...item.start,
    ...present([item.key]),
    ...(item.sep ?? []),
    ...present([item.value]),
  ]);
}

function present(tokens: readonly (CST.Token | null | undefined)[]): CST.Token[] {
  return tokens.filter((token) => token !== null && token !== undefined);
}

function checkToken(report: Report, token: CST.Token): void {
  if (token.type === 'directive') {
    report.error('directive', spanOf(report, token), 'directives are not allowed', {
      help: 'remove the line; files are always read as YAML 1.2',
    });
  } else if (token.type === 'anchor' || token.type === 'alias') {
    const what = token.type === 'anchor' ? 'anchors' : 'aliases';
    const at = spanOf(report, token);
    report.error('anchor', at, `${what} are not allowed: ${quote(token.source)}`, {
      help: 'write the value itself wherever it is needed',
    });
  } else if (token.type === 'tag') {
    const message = `tags are not allowed: ${quote(token.source)}`;
    report.error('tag', spanOf(report, token), message, {
      help: 'remove it; the type of a value follows from how it is written',
    });
  }
}

function spanOf(report: Report, token: { readonly offset: number; readonly source: string }): Span {
  return report.source.span(token.offset, token.offset + token.source.length);
}

function rejectDepth(report: Report, token: CST.Token): false {
  const message = `values are nested deeper than ${String(MAX_DEPTH)} levels`;
  report.error('too_deep', report.source.span(token.offset, token.offset + 1), message, {
    help: 'no key of any policy file needs so many levels',
  });
  return false;
}
