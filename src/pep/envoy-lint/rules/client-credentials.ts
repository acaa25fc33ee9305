import { ACCOUNT_HEADERS, CREDENTIAL_HEADERS } from '../../shared/credential-headers';
import type { EnvoyModel } from '../model/envoy-model';
import { field, isTrue, keySpot, text } from '../model/fields';
import {
  earlyRemovals,
  filterRemovals,
  removesHeader,
  routeRemovals,
  type Removal,
} from '../model/early-removal';
import { CREDENTIAL_FORMAT } from '../model/credential-format';
import { holdersOf, leadingRoutes } from '../model/levels';
import { alwaysRuns, filtersOf, type Manager } from '../model/manager';
import type { Route } from '../model/routes';
import { TYPES } from '../model/types';
import { nodesIn } from '../model/walk';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

const REMEDY = 'name them in `request_headers_to_remove` of the `route_config`';

/** The client's key for one service must not be shown to another one. */
export const clientCredentialsPass: Rule = {
  code: 'client_credentials_pass',
  severity: 'error',
  meaning: 'keys and cookies of clients are sent on to providers',
  remedy: REMEDY,
  check: (model) => [
    ...passing(
      model,
      CREDENTIAL_HEADERS,
      'every provider that is tried learns the client’s own keys',
    ),
    ...[...model.asking, ...model.hops].flatMap(copies).map((at) => ({
      at,
      message:
        'a key or cookie of the client goes on under another name, or in spite of its removal',
    })),
  ],
};

/** Where a header is filled in with what another one holds. */
function copies(manager: Manager): readonly ConfigNode[] {
  const added = holdersOf(manager).map((holder) => field(holder, 'request_headers_to_add'));
  const written = filtersOf(manager, TYPES.headerMutation).map(({ body }) => body);
  return [...added, ...written, field(manager.node, 'early_header_mutation_extensions')]
    .flatMap(nodesIn)
    .flatMap((node) => field(node, 'header', 'value') ?? [])
    .filter((value) => CREDENTIAL_FORMAT.test(text(value) ?? ''));
}

/** Claims hold for an account; another one may store and train. */
export const accountHeadersPass: Rule = {
  code: 'account_headers_pass',
  severity: 'warning',
  meaning: 'clients can choose another account under the key of a provider',
  remedy: REMEDY,
  check: (model) =>
    passing(
      model,
      ACCOUNT_HEADERS,
      'the request counts for an account whose terms nobody has judged',
    ),
};

function passing(model: EnvoyModel, headers: readonly string[], harm: string): readonly Hit[] {
  const atHops = (header: string): boolean =>
    model.hops.length > 0 && model.hops.every((hop) => removes(model, hop, header));
  return model.asking.flatMap((manager) => {
    const passed = headers.filter((header) => !removes(model, manager, header) && !atHops(header));
    if (passed.length === 0) return [];
    const { routeTable, node } = manager;
    const at = routeTable === undefined ? node : keySpot(routeTable, 'request_headers_to_remove');
    return [
      { at, message: `${passed.map(quote).join(', ')} of clients go on to providers: ${harm}` },
    ];
  });
}

function removes({ leadingClusters }: EnvoyModel, manager: Manager, header: string): boolean {
  const everywhere = [
    ...earlyRemovals(manager),
    ...filterRemovals(manager),
    ...routeRemovals(manager.routeTable),
    ...injected(manager),
  ];
  return (
    removesHeader(everywhere, header) ||
    leadingRoutes(manager, leadingClusters).every((route) =>
      removesHeader(removalsOf(route), header),
    )
  );
}

function removalsOf({ node, host }: Route): readonly Removal[] {
  return [...routeRemovals(node), ...routeRemovals(host.node)];
}

/** The headers in the place of which a key of our own is put. */
function injected(manager: Manager): readonly Removal[] {
  return filtersOf(manager, TYPES.credentialInjector)
    .filter((filter) => alwaysRuns(manager, filter))
    .filter(({ body }) => isTrue(body, 'overwrite'))
    .filter(({ body }) => !isTrue(body, 'allow_request_without_credential'))
    .map(({ body }) => ({
      kind: 'exact',
      name: (
        text(field(body, 'credential', 'typed_config'), 'header') ?? 'authorization'
      ).toLowerCase(),
    }));
}
