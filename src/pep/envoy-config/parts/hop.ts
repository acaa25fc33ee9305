import { listenerNameOf, originNameOf, plainNameOf } from '../../shared/envoy-names';
import type { ApiRoute } from '../api-routes';
import type { HopTarget } from '../hop-targets';
import { TYPES } from '../types';
import { formatted, scalar, yaml } from '../yaml-text';
import type { PartContext } from './context';
import { KNOWN_HEADERS_SCRIPT } from '../../shared/hop-scripts';
import { clearedBody, clearingFilters } from './cleared-body';
import { bufferBytes, stripControlHeaders } from './ingress';
import { keyOf } from './keys';
import { jsonError } from './local-replies';
import { CLEARED, mark, REWRITTEN } from './marks';

/** The internal listener of a target: all that is particular to its provider. */
export function hop(target: HopTarget, context: PartContext): string {
  const { id, origin } = target;
  const name = plainNameOf(id);
  return yaml`
    - name: ${scalar(listenerNameOf(id))}
      internal_listener: {}
      per_connection_buffer_limit_bytes: ${bufferBytes(context)}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                '@type': ${TYPES.manager}
                stat_prefix: ${scalar(`to_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`)}
                generate_request_id: false
                preserve_external_request_id: true
                stream_idle_timeout: 300s
                ${context.remark("The decision's id is for the log above, not for the provider.")}
                early_header_mutation_extensions: ${stripControlHeaders(context)}
                local_reply_config: ${refusedBody(context)}
                route_config:
                  ${context.remark('What the hop itself has set, it takes away again.')}
                  request_headers_to_remove: ${context.shared('own_headers', '[x-ambit-rewritten, x-ambit-cleared]')}
                  virtual_hosts:
                    - name: ${scalar(id)}
                      domains: ['*']
                      routes:
                        ${target.routes.map((each) => route(each, target, context)).join('\n')}
                        - ${context.shared('not_spoken', NOT_SPOKEN)}
                http_filters:
                  - ${context.shared('known_headers', KNOWN_HEADERS_ONLY)}
                  - ${context.shared('as_json', AS_JSON)}
                  ${context.options.reading === 'metadata' ? clearingFilters(context) : ''}
                  - name: model
                    typed_config:
                      ${modelTransform(target.model, context)}
                  - ${context.shared('body_guard', bodyGuard(context))}
                  ${origin.credential === undefined ? '' : keyFilter(target, context)}
                  - name: envoy.filters.http.router
                    typed_config: ${context.shared('provider_router', PROVIDER_ROUTER)}
  `;
}

function route(
  { name, clientPath, pattern, replacement, modelIn }: ApiRoute,
  { id, origin }: HopTarget,
  context: PartContext,
): string {
  const match = context.shared(`${name}_paths`, `{ safe_regex: { regex: ${scalar(clientPath)} } }`);
  return yaml`
    - name: ${name}
      match: ${match}
      ${modelIn === 'path' ? markedOnly(context) : ''}
      ${context.options.reading === 'metadata' ? clearedBody(name, context) : ''}
      route:
        cluster: ${scalar(originNameOf(id))}
        timeout: 0s
        host_rewrite_literal: ${scalar(origin.host)}
        ${context.remark("The target's own path: whatever model or account the client's path named is gone.")}
        regex_rewrite: { pattern: { regex: ${scalar(pattern)} }, substitution: ${scalar(replacement)} }
  `;
}

/** Where the path names the model, the body is looked at and left as it is. */
function markedOnly({ shared, remark }: PartContext): string {
  return yaml`
    ${remark('The path names the model, and the body none.')}
    typed_per_filter_config:
      model: ${shared(
        'body_unchanged',
        yaml`
          '@type': ${TYPES.transform}
          request_transformation:
            headers_mutations: ${shared('mark_rewritten', mark(REWRITTEN))}
        `,
      )}
  `;
}

/** Writes the target's own model, which is what Ambit judged, whatever the client wrote. */
function modelTransform(model: string, { shared, remark }: PartContext): string {
  return yaml`
    ${remark('The model of the policy: it is what Ambit judged, so it is what is sent.')}
    '@type': ${TYPES.transform}
    request_transformation:
      headers_mutations: ${shared('mark_rewritten', mark(REWRITTEN))}
      body_transformation:
        body_format: { json_format: { model: ${formatted(model)} } }
        action: MERGE
  `;
}

const KNOWN_HEADERS_ONLY = yaml`
  # What a client writes in any other header could choose another provider behind this one, another model, account or
  # version: it ends here, like beta headers. The names are collected first, because a list must not change while it is read.
  name: known-headers
  typed_config:
    '@type': ${TYPES.lua}
    default_source_code:
      inline_string: |
        ${KNOWN_HEADERS_SCRIPT.trim()}
`;

const AS_JSON = yaml`
  # \`transform\` passes on untouched what is not called \`application/json\`, in exactly these letters.
  name: as-json
  typed_config:
    '@type': ${TYPES.headerMutation}
    mutations:
      request_mutations:
        - append:
            header: { key: content-type, value: application/json }
            append_action: OVERWRITE_IF_EXISTS_OR_ADD
`;

function bodyGuard({ options }: PartContext): string {
  const marks = [REWRITTEN, ...(options.reading === 'metadata' ? [CLEARED] : [])];
  const rules = marks.map((name) => `- header: { name: ${name}, string_match: { exact: done } }`);
  return yaml`
    # \`transform\` passes on untouched what it cannot read, too (a key twice, a number out of range, half a surrogate
    # pair), and with it the client's model. Only what was written anew goes on.
    name: body-guard
    typed_config:
      '@type': ${TYPES.rbac}
      rules:
        action: ALLOW
        policies:
          rewritten:
            permissions:
              - and_rules:
                  rules:
                    ${rules.join('\n')}
            principals: [{ any: true }]
  `;
}

function refusedBody({ shared }: PartContext): string {
  return shared(
    'refused_body',
    yaml`
      mappers:
        # What the guard below refuses is the client's to mend, at any target.
        - filter:
            status_code_filter:
              comparison: { op: EQ, value: { default_value: 403, runtime_key: ambit.unused } }
          status_code: 400
          body_format_override:
            ${jsonError('invalid_request_error', 'invalid_request', 'the body cannot be read as JSON without doubt, so it was sent to no provider')}
    `,
  );
}

const NOT_SPOKEN = yaml`
  match: { prefix: / }
  # The target does not speak this API; the next one may.
  direct_response:
    status: 404
    body: { inline_string: '{"type":"error","error":{"type":"invalid_request_error","code":"invalid_request","message":"the target does not speak this API"}}' }
`;

function keyFilter(target: HopTarget, context: PartContext): string {
  const { credential } = target.origin;
  const prefix = credential?.prefix;
  return yaml`
    - name: key
      typed_config:
        '@type': ${TYPES.credentialInjector}
        overwrite: true
        allow_request_without_credential: false
        credential:
          name: envoy.http.injected_credentials.generic
          typed_config:
            '@type': ${TYPES.genericCredential}
            credential:
              ${keyOf(target, context)}
            header: ${credential?.header ?? ''}
            ${prefix === undefined ? '' : `header_value_prefix: ${scalar(prefix)}`}
  `;
}

const PROVIDER_ROUTER = yaml`
  '@type': ${TYPES.router}
  suppress_envoy_headers: true
`;
