import { isIP } from 'node:net';

import type { EndpointDeclaration, TargetDeclaration } from '../../core/model/catalog';
import { isLoopback } from '../../platform/address';
import type { TargetFault } from './finding';
import { noAddress } from './missing-targets';

/** Where a target's provider is reached, and how. */
export interface Origin {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly pathPrefix: string;
  readonly usesTls: boolean;
  /** Absent: nothing is sent that authenticates. */
  readonly credential?: CredentialHeader;
}

/** The header that a key stands in. */
export interface CredentialHeader {
  readonly header: string;
  readonly prefix?: string;
}

/** A target, and the dialect of the file that declares it. */
export interface DeclaredTarget {
  readonly target: TargetDeclaration;
  readonly dialect: string;
}

const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/** Ways to authenticate by the word that a catalog uses; `none` sends nothing. */
const CREDENTIAL_HEADERS: ReadonlyMap<string, CredentialHeader | undefined> = new Map([
  ['bearer', { header: 'authorization', prefix: 'Bearer ' }],
  ['x-api-key', { header: 'x-api-key' }],
  ['api-key', { header: 'api-key' }],
  ['x-goog-api-key', { header: 'x-goog-api-key' }],
  ['none', undefined],
]);

/** The origin of a target, or why the configuration cannot have it. `endpoint` is the one that the target names. */
export function originOf(
  { target, dialect }: DeclaredTarget,
  endpoint: EndpointDeclaration | undefined,
): Origin | TargetFault {
  const place = placeOf(target, endpoint);
  if (place === undefined) return noAddress(target, dialect);
  if (!place.usesTls && !isLoopback(place.host)) return plaintextFault(target);
  const auth = target.address?.auth ?? 'bearer';
  if (!CREDENTIAL_HEADERS.has(auth)) return unknownAuth(target, auth);
  const credential = CREDENTIAL_HEADERS.get(auth);
  return credential === undefined ? place : { ...place, credential };
}

/** The address that the target states, else that of its endpoint's URL, which alone can say `http`. */
function placeOf(
  { address }: TargetDeclaration,
  endpoint: EndpointDeclaration | undefined,
): Origin | undefined {
  if (address !== undefined) {
    const { host, port = HTTPS_PORT, pathPrefix = '' } = address;
    return place(host, { port, pathPrefix, usesTls: true });
  }
  if (endpoint?.baseUrl === undefined) return undefined;
  const { protocol, hostname, port, pathname } = new URL(endpoint.baseUrl);
  const usesTls = protocol !== 'http:';
  const usual = usesTls ? HTTPS_PORT : HTTP_PORT;
  return place(hostname, {
    port: port === '' ? usual : Number(port),
    pathPrefix: pathname,
    usesTls,
  });
}

function place(host: string, rest: Omit<Origin, 'host' | 'credential'>): Origin {
  return {
    ...rest,
    host: host.replace(/^\[|\]$/g, '').toLowerCase(),
    pathPrefix: rest.pathPrefix.replace(/\/+$/, ''),
  };
}

/** True if the host is an address, which DNS does not know and SNI does not name. */
export function isAddress({ host }: Pick<Origin, 'host'>): boolean {
  return isIP(host) !== 0;
}

function plaintextFault({ id }: TargetDeclaration): TargetFault {
  return {
    severity: 'error',
    code: 'plaintext_origin',
    message: `the target \`${id}\` would be sent prompts and its key without TLS`,
    help: 'write `https` in its `base_url`; `http` is for hosts of this machine only',
  };
}

function unknownAuth({ id }: TargetDeclaration, auth: string): TargetFault {
  return {
    severity: 'error',
    code: 'unknown_auth',
    at: 'auth',
    message: `the target \`${id}\` has \`auth: ${auth}\`, which is not known`,
    help: `write one of ${[...CREDENTIAL_HEADERS.keys()].join(', ')}`,
  };
}
