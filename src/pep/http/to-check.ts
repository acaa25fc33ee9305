import { CheckRequest } from '../../gen/envoy/service/auth/v3/external_auth';
import { ControlFault } from './control-headers';
import { onlyValue } from './original-request';
import type { OriginalRequest } from './original-request';
import type { ProxyControl } from './proxy-control';

/** Envoy's mark on a body that it cut short; what an end client says of that must not count. */
const PARTIAL_BODY = 'x-envoy-auth-partial-body';

/** What is known of a request before its body is read. */
export interface DescribedRequest {
  readonly original: OriginalRequest;
  readonly control: ProxyControl;
  readonly rawHeaders: readonly string[];
}

/** Puts a request into the form of a Check, which has the one reading. Throws a ControlFault. */
export function toCheck(
  { original, control, rawHeaders }: DescribedRequest,
  body: Buffer,
): CheckRequest {
  onlyValue(rawHeaders, PARTIAL_BODY);
  if (control.model !== undefined && body.length > 0) {
    throw new ControlFault('`x-ambit-model` and a body both name the model; send one of them');
  }
  return CheckRequest.fromPartial({
    attributes: {
      request: { http: { ...original, headers: joinedHeaders(rawHeaders), rawBody: body } },
      contextExtensions: extensionsOf(control),
      ...(control.model === undefined ? {} : { metadataContext: lifted(control.model) }),
    },
  });
}

/** Headers by their names in small letters; what stands in several is joined with commas, as Envoy does for a Check. */
function joinedHeaders(raw: readonly string[]): Map<string, string> {
  const joined = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    // Node hands over each byte as a character.
    const value = Buffer.from(raw[index + 1] ?? '', 'latin1').toString('utf8');
    const earlier = joined.get(name);
    joined.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return joined;
}

/** What Envoy's configuration says in `context_extensions`. */
function extensionsOf(control: ProxyControl) {
  const { tenant, scope, hopClearsRoutingFields, hopWritesPath } = control;
  return new Map([
    ...scope,
    ...(tenant === undefined ? [] : [['tenant', tenant] as const]),
    ...(hopClearsRoutingFields ? [['ambit.routing_fields', 'cleared'] as const] : []),
    ...(hopWritesPath ? [['ambit.path', 'rewritten'] as const] : []),
  ]);
}

/** What Envoy lifts out of a body that it does not show. */
function lifted(model: string) {
  return { filterMetadata: new Map([['ambit.request', { model }]]) };
}
