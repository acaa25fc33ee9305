import { CREDENTIAL_HEADERS } from '../../shared/credential-headers';
import { CREDENTIAL_FORMAT } from '../model/credential-format';
import type { EnvoyModel } from '../model/envoy-model';
import { each, entry, field, text } from '../model/fields';
import { filtersOf } from '../model/manager';
import { typedConfig } from '../model/typed';
import { TYPES } from '../model/types';
import { nodesIn } from '../model/walk';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** What writes a path with its query. `%PATH(NQ)%` does not. */
const PATH_WITH_QUERY = /%(?:REQ|REQUEST_HEADER)\([^)%]*:path|%PATH(?:\((?!NQ)|%)/iu;

/** Logs that always hold the path as it came. */
const FIXED_LOGS = /^access_loggers\.(?:grpc|wasm)\./u;

/** Some APIs take a key in the query, and clients of others put it there. */
export const loggedQuery: Rule = {
  code: 'logged_query',
  severity: 'warning',
  meaning: 'a log holds the query of requests, in which clients put keys',
  remedy: 'log `%PATH(NQ)%` instead, and state a `log_format` where there is none',
  check: (model) =>
    logsOf(model).flatMap((log) => {
      const typed = typedConfig(log);
      if (typed === undefined) return [];
      const message = 'a key in the query (`?key=…`) ends up in this log';
      const isFixed = FIXED_LOGS.test(typed.type) || hasDefaultFormat(typed.type, typed.body);
      if (isFixed)
        return [{ at: typed.at, message: `${message}, which writes the whole path by itself` }];
      return formatsIn(typed.body, PATH_WITH_QUERY).map((at) => ({ at, message }));
    }),
};

/** Whoever reads the log could use them. */
export const loggedCredentials: Rule = {
  code: 'logged_credentials',
  severity: 'error',
  meaning: 'a log holds keys or cookies of requests',
  remedy: 'take the header out of the log',
  check: (model) =>
    [...logsOf(model).flatMap((log) => formatsIn(log, CREDENTIAL_FORMAT)), ...namedIn(model)].map(
      (at) => ({ at, message: 'the key of a client or provider ends up in this log' }),
    ),
};

function logsOf({ managers, listeners }: EnvoyModel): readonly ConfigNode[] {
  return [
    ...listeners.flatMap((listener) => each(listener, 'access_log')),
    ...managers.flatMap((manager) => [
      ...each(manager.node, 'access_log'),
      ...filtersOf(manager, TYPES.router).flatMap(({ body }) => each(body, 'upstream_log')),
    ]),
  ];
}

/** Headers that a log or a trace names without a format. */
function namedIn(model: EnvoyModel): readonly ConfigNode[] {
  const tags = model.managers.flatMap(({ node }) => each(node, 'tracing', 'custom_tags'));
  return [
    ...tags.flatMap((tag) => field(tag, 'request_header', 'name') ?? []),
    ...logsOf(model)
      .flatMap(nodesIn)
      .flatMap((node) => each(node, 'additional_request_headers_to_log')),
  ].filter((name) => CREDENTIAL_HEADERS.includes(text(name)?.toLowerCase() ?? ''));
}

function hasDefaultFormat(type: string, body: ConfigNode): boolean {
  const isText = /^access_loggers\.(?:file|stream)\./u.test(type);
  const formats = ['log_format', 'format', 'json_format', 'typed_json_format'];
  return isText && formats.every((name) => entry(body, name) === undefined);
}

function formatsIn(node: ConfigNode, format: RegExp): readonly ConfigNode[] {
  return nodesIn(node).filter((each) => each.kind === 'scalar' && format.test(each.text));
}
