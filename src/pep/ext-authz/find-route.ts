import type { Api } from '../../core/model/api';
import type { AttributeContext_HttpRequest } from '../../gen/envoy/service/auth/v3/external_auth';
import { findCall } from './call-paths';
import { findRefusal } from './refused-paths';
import { problemOfQuery } from './query';
import type { CheckRoute } from './route';

const LIST = '/v1/models';
const ONE = '/v1/models/';

/** Finds what a request is for. Other spellings of a path block: a provider might read them as something else. */
export function findRoute(http: AttributeContext_HttpRequest): CheckRoute {
  const { method, path } = http;
  const at = path.indexOf('?');
  const plain = at === -1 ? path : path.slice(0, at);
  const query = at === -1 ? '' : path.slice(at + 1);
  if (isUpgrade(http)) return { ...apiOf(method, plain), kind: 'refused', problem: UPGRADE };
  if (method === 'GET' || method === 'HEAD') {
    if (plain === LIST) return { kind: 'models' };
    if (plain.startsWith(ONE)) return { kind: 'models', name: plain.slice(ONE.length) };
  }
  const call = method === 'POST' ? findCall(plain) : undefined;
  if (call?.kind !== 'call') return call ?? findRefusal(method, plain);
  const problem = problemOfQuery(call, query);
  if (problem === undefined) return call;
  return { kind: 'refused', ...(call.api === undefined ? {} : { api: call.api }), problem };
}

const UPGRADE =
  'the connection is to be upgraded (WebSocket, CONNECT), and what is sent then cannot be judged; send one request at a time';

/** What is sent after an upgrade, or through a tunnel, nobody judges. */
function isUpgrade({ method, headers }: AttributeContext_HttpRequest): boolean {
  const options = (headers.get('connection') ?? '').toLowerCase().split(',');
  return (
    method === 'CONNECT' ||
    headers.has('upgrade') ||
    headers.has(':protocol') ||
    headers.has('sec-websocket-key') ||
    options.some((option) => option.trim() === 'upgrade')
  );
}

/** Whose form of errors the clients of a path read. */
function apiOf(method: string, path: string): { readonly api?: Api } {
  const { api } = findCall(path) ?? findRefusal(method, path);
  return api === undefined ? {} : { api };
}
