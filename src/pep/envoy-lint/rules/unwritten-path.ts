import { field, text } from '../model/fields';
import { leadingRoutes } from '../model/levels';
import { contextsOf } from '../model/manager';
import type { Route } from '../model/routes';
import { quote } from '../quote';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** Ambit then judges no path, and takes models, projects and regions in it for those of the target. */
export const unwrittenPath: Rule = {
  code: 'unwritten_path',
  severity: 'error',
  meaning:
    'Ambit is told that the path of the target is written, and a route keeps that of the client',
  remedy: 'write `regex_rewrite` with the path of the target in each route, or remove `ambit.path`',
  check: ({ asking, hops, leadingClusters }) => {
    const contexts = asking.flatMap(contextsOf);
    if (!contexts.some((each) => text(field(each, 'ambit.path')) === 'rewritten')) return [];
    return hops
      .flatMap((hop) => leadingRoutes(hop, leadingClusters))
      .filter((route) => !takesWhole(route) || !isWritten(field(route.action, 'regex_rewrite')))
      .map(({ node, action }) => ({
        at: field(action, 'cluster') ?? node,
        message: `on the way to ${quote(text(action, 'cluster') ?? '')} the model, project or region of the client’s path stays, and nobody has judged it`,
      }));
  },
};

/** True if the pattern fits each path that the route takes: what it does not fit, Envoy leaves as it is. */
function takesWhole({ node, action }: Route): boolean {
  const pattern = text(action, 'regex_rewrite', 'pattern', 'regex') ?? '';
  const inner = /^\^(.*)\$$/su.exec(pattern)?.[1] ?? '';
  if (inner === '.*' || inner === '/.*') return true;
  const taken = text(node, 'match', 'safe_regex', 'regex');
  if (taken === undefined || hasChoice(taken) || hasChoice(inner)) return false;
  const end = /^\.\*([:/].*)$/su.exec(inner)?.[1];
  return taken === inner || (end !== undefined && taken.endsWith(end));
}

/** True if the expression has alternatives that no group holds together. */
function hasChoice(expression: string): boolean {
  let rest = expression.replaceAll(/\\./gsu, '').replaceAll(/\[\^?\]?[^\]]*\]/gu, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replaceAll(/\([^()]*\)/gu, '');
  }
  return rest.includes('|');
}

/** True if nothing of the client's path is left but words, such as a verb or a version of the API. */
function isWritten(rewrite: ConfigNode | undefined): boolean {
  const pattern = text(rewrite, 'pattern', 'regex') ?? '';
  const path = text(rewrite, 'substitution') ?? '';
  if (!pattern.startsWith('^') || !pattern.endsWith('$') || !path.startsWith('/')) return false;
  const groups = [...pattern.matchAll(/(?<!\\)\((?!\?)([^()]*)\)/gu)].map(
    ([, group = '']) => group,
  );
  const isNested = (pattern.match(/(?<!\\)\((?!\?)/gu) ?? []).length !== groups.length;
  const references = [...path.matchAll(/\\(\\|\d)/gu)].map(([, digit = '']) => digit);
  return references
    .filter((digit) => digit !== '\\')
    .every((digit) => !isNested && WORD.test(groups[Number(digit) - 1] ?? ''));
}

/** A group that takes a word, or one of some words. */
const WORD = /^(?:\[A-Za-z\]\+|[A-Za-z0-9-]+(?:\|[A-Za-z0-9-]+)*)$/u;
