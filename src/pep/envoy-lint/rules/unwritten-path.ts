import { entry, field, text } from '../model/fields';
import { leadingRoutes } from '../model/levels';
import { contextsOf } from '../model/manager';
import { quote } from '../quote';
import type { Rule } from '../rule';

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
      .filter(({ action }) => entry(action, 'regex_rewrite') === undefined)
      .map(({ node, action }) => ({
        at: field(action, 'cluster') ?? node,
        message: `on the way to ${quote(text(action, 'cluster') ?? '')} the model, project or region of the client’s path stays, and nobody has judged it`,
      }));
  },
};
