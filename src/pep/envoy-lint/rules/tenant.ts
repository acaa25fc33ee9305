import type { EnvoyModel } from '../model/envoy-model';
import { each, entries, field, text } from '../model/fields';
import { contextsOf, type Manager } from '../model/manager';
import { isFilledIn } from '../../../ports/envoy-operators';
import type { Hit, Rule } from '../rule';

/** Filters that know who the client is before a route counts. */
const AUTHENTICATING = /^filters\.http\.(?:jwt_authn|oauth2|basic_auth|api_key_auth)\./u;

/** Whom a request is for must not be the client's own word. */
export const tenantFromRequest: Rule = {
  code: 'tenant_from_request',
  severity: 'error',
  meaning: 'what the client writes says whom a request is for',
  remedy: 'write the tenant into the configuration, one listener for each',
  check: ({ asking, askingFilters }) =>
    [
      ...asking
        .flatMap(contextsOf)
        .flatMap((context) => entries(context).map(([, { value }]) => value)),
      ...askingFilters.flatMap(({ filter }) =>
        each(filter.body, 'grpc_service', 'initial_metadata').map((one) => field(one, 'value')),
      ),
    ]
      .filter((value) => value !== undefined)
      .filter((value) => isFilledIn(text(value) ?? ''))
      .map((at) => ({
        at,
        message: 'a client that writes the name of another tenant is judged by that one’s policy',
      })),
};

/** Host, path and headers choose the route, and the client chooses those. */
export const tenantByRoute: Rule = {
  code: 'tenant_by_route',
  severity: 'warning',
  meaning: 'a client chooses its tenant by the host, path or header that chooses the route',
  remedy: 'give each tenant a listener of its own, or authenticate clients before the route counts',
  check: ({ asking }: EnvoyModel) =>
    asking
      .filter(({ filters }) => !filters.some(({ type }) => AUTHENTICATING.test(type)))
      .flatMap(routeHits),
};

/** Ambit blocks what it cannot attribute, where its policies know tenants. */
export const noTenant: Rule = {
  code: 'no_tenant',
  severity: 'info',
  meaning: 'nothing says whom requests are for',
  remedy: 'write `tenant` in `context_extensions` of the virtual host, unless the policy has none',
  check: ({ asking }) =>
    asking
      .filter((manager) =>
        contextsOf(manager).every((context) => field(context, 'tenant') === undefined),
      )
      .map(({ routeTable, node }) => ({
        at: routeTable ?? node,
        message:
          'no `context_extensions` names a tenant: where policies know several, all requests are blocked',
      })),
};

function routeHits(manager: Manager): readonly Hit[] {
  const tenants = contextsOf(manager).flatMap((context) => field(context, 'tenant') ?? []);
  const [first] = tenants;
  const other = tenants.find((tenant) => text(tenant) !== text(first));
  if (other === undefined) return [];
  const message =
    'this listener serves several tenants, and a client that takes another route is another one';
  return [{ at: other, message }];
}
