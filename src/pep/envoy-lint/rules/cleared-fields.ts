import { field, text } from '../model/fields';
import { bodyChanges, keptFields, replaces } from '../model/hop-body';
import { leadingRoutes } from '../model/levels';
import type { Manager } from '../model/manager';
import type { Route } from '../model/routes';
import { isToldCleared } from '../model/told';
import { KEPT_FIELDS } from '../../shared/kept-fields';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** What may be kept of a body that nobody has looked at: the fields that `ambit envoy config` keeps. */
const HARMLESS: ReadonlySet<string> = new Set(Object.values(KEPT_FIELDS).flat());

/** Ambit takes the word of the configuration, and cannot check it. */
export const unclearedFields: Rule = {
  code: 'uncleared_fields',
  severity: 'error',
  meaning: 'Ambit is told that fields which choose targets or features are gone, and they are not',
  remedy:
    'let each internal listener replace the body by a list of harmless fields with `store: false`, or remove `ambit.routing_fields`',
  check: (model) =>
    isToldCleared(model)
      ? model.hops.flatMap((hop) =>
          leadingRoutes(hop, model.leadingClusters).flatMap((route) => routeHits(hop, route)),
        )
      : [],
};

function routeHits(hop: Manager, route: Route): readonly Hit[] {
  const changes = bodyChanges(hop, route);
  const at = field(route.action, 'cluster') ?? route.node;
  const to = quote(text(route.action, 'cluster') ?? '');
  if (!changes.some(({ body }) => replaces(body) && keptFields(body).length > 0)) {
    const message = `on the way to ${to} the body keeps every field, such as tools, files and lists of other models`;
    return [{ at, message }];
  }
  // What runs before or behind the one that clears writes into the body, too.
  const kept = changes.flatMap(({ body }) => keptFields(body));
  const isStored = isOfResponses(route) && !kept.some(([name]) => name === 'store');
  const message = `on the way to ${to} nothing forbids to store the answer, which is what this API does by itself`;
  return [
    ...(isStored ? [{ at, message }] : []),
    ...kept.filter(([name, value]) => !isHarmless(name, value)).map(keptHit),
  ];
}

function keptHit([name, at]: readonly [string, ConfigNode]): Hit {
  return { at, message: `${quote(name)} goes through, and nobody has judged it` };
}

/** True where the provider is sent what it answers by the API `responses`. */
function isOfResponses({ node, action }: Route): boolean {
  const match = field(node, 'match');
  const paths = [text(match, 'safe_regex', 'regex'), text(match, 'prefix'), text(match, 'path')];
  const written = text(action, 'regex_rewrite', 'substitution');
  return [...paths, written].some((path) => path?.includes('/responses') === true);
}

/** A harmless field of the client's own, or one that the configuration sets. What is set to `store` must forbid it. */
function isHarmless(name: string, value: ConfigNode): boolean {
  const written = text(value);
  if (name === 'store') return written === 'false';
  if (written === undefined) return false;
  const taken = [...written.matchAll(FILLED_IN)];
  if (name === 'model') return taken.length === 0;
  return HARMLESS.has(name) && taken.every(([, field = '']) => HARMLESS.has(field));
}

/** What Envoy fills in, with the field of the body that it takes, if it takes one. */
const FILLED_IN = /%(?:REQUEST_BODY\(([a-z_]+)\)%|[A-Z])/gu;
