import type { EnvoyModel } from '../model/envoy-model';
import { entry, field, text } from '../model/fields';
import { leadingRoutes } from '../model/levels';
import type { Route } from '../model/routes';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

/** What writes the path of a request anew, on a route. */
const REWRITES = ['prefix_rewrite', 'regex_rewrite', 'path_rewrite', 'path_rewrite_policy'];

/** The APIs that a path names by its end; other paths are of one provider, and its own affair. */
const API_PATHS = ['chat/completions', 'responses', 'messages', 'embeddings'];

/** Claims hold for an API: one that stores may be forbidden where another one is allowed. */
export const otherPath: Rule = {
  code: 'other_path',
  severity: 'error',
  meaning: 'a request is sent to another path or API than the one that Ambit has judged',
  remedy:
    'rewrite paths in the internal listener of each target only, each to the same API, as `ambit envoy config` does',
  check: (model) => [...model.asking.flatMap((each) => askedHits(model, each)), ...hopHits(model)],
};

/** What asks Ambit must send on the path that it showed: the internal listeners choose the API by it. */
function askedHits(
  { leadingClusters }: EnvoyModel,
  manager: EnvoyModel['asking'][number],
): readonly Hit[] {
  return leadingRoutes(manager, leadingClusters).flatMap(({ action }) =>
    REWRITES.flatMap((name) => entry(action, name) ?? []).map(({ key }) => ({
      at: key,
      message: 'Ambit has judged the path of the client, and the request goes on with this one',
    })),
  );
}

function hopHits({ hops, leadingClusters }: EnvoyModel): readonly Hit[] {
  return hops
    .flatMap((hop) => leadingRoutes(hop, leadingClusters))
    .flatMap((route) => {
      const sent = sentPath(route);
      const api = API_PATHS.find((each) => text(sent)?.endsWith(`/${each}`) === true);
      if (sent === undefined || api === undefined) return [];
      const taken = API_PATHS.filter((each) => takenPath(route).includes(each));
      if (taken.length === 1 && taken[0] === api) return [];
      const message = `requests of other APIs are sent to ${quote(api)} as well, for which nobody has judged them`;
      return [{ at: sent, message }];
    });
}

function sentPath({ action }: Route): ReturnType<typeof field> {
  return field(action, 'regex_rewrite', 'substitution') ?? field(action, 'prefix_rewrite');
}

/** What the route takes, however it says so; empty where that is everything. */
function takenPath({ node }: Route): string {
  const match = field(node, 'match');
  const whole = ['prefix', 'path', 'path_separated_prefix'].map((name) => text(match, name) ?? '');
  return [...whole, text(match, 'safe_regex', 'regex') ?? ''].join('');
}
