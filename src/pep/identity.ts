import { status } from '@grpc/grpc-js';
import type { ServerSurfaceCall } from '@grpc/grpc-js/build/src/server-call';

import type { Caller } from '../service/caller-rights';
import type { CallFailure } from './incoming';
import { readCertificateUris, shownUris } from './certificate-uris';
import type { CertificateUris } from './certificate-uris';

/** Who asks, and until when that is known. */
export interface Identity {
  readonly caller: Caller;
  /** The instant after which the certificate says nothing any more. Absent: the listener tells who asks. */
  readonly expiresAtMs?: number;
}

/** What a call tells about who makes it. */
export type AuthenticatedCall = Pick<ServerSurfaceCall, 'getAuthContext'>;

/** Tells who makes a call, or why it is refused. */
export type Identify = (call: AuthenticatedCall) => Identity | { readonly failure: CallFailure };

/** Certificates that were looked into, by their digest. Bounded: authorities can issue any number. */
const MAX_KNOWN = 1024;

const NO_CERTIFICATE: CallFailure = {
  code: status.UNAUTHENTICATED,
  details: 'the connection shows no client certificate that counts; nothing is decided',
  reason: 'identity',
};

const EXPIRED: CallFailure = {
  code: status.UNAUTHENTICATED,
  details: 'the client certificate has expired; connect again with a current one',
  reason: 'identity',
};

/** Everyone on the listener is one caller: its socket's mode, or its port, guards it. */
export function identifyByListener(caller: Caller): Identify {
  const identity: Identity = { caller };
  return () => identity;
}

/** Certificates tell the caller: by the URI in it that the configuration names. */
export function identifyByCertificate(
  callers: ReadonlyMap<string, Caller>,
  nowMs: () => number,
): Identify {
  return identifyBy((names) => callerOf(names, callers), nowMs);
}

/** Whoever shows a certificate is the caller, for as long as the certificate holds. */
export function identifyByAnyCertificate(caller: Caller, nowMs: () => number): Identify {
  return identifyBy(({ expiresAtMs }) => ({ caller, expiresAtMs }), nowMs);
}

/** Whose a certificate is, whatever the time. */
type ReadIdentity = (names: CertificateUris) => Identity | { readonly failure: CallFailure };

function identifyBy(read: ReadIdentity, nowMs: () => number): Identify {
  const known = new Map<string, KnownCertificate>();
  return (call) => {
    const certificate = call.getAuthContext().sslPeerCertificate;
    if (certificate === undefined) return { failure: NO_CERTIFICATE };
    const digest = certificate.fingerprint256;
    const entry = known.get(digest) ?? knownAs(read, readCertificateUris(certificate.raw));
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(digest, entry);
    const { identity, certificateUris } = entry;
    if ('failure' in identity) return { failure: { ...identity.failure, certificateUris } };
    if (!isExpired(identity, nowMs())) return identity;
    return { failure: { ...EXPIRED, certificateUris } };
  };
}

/** What is kept of a certificate. */
interface KnownCertificate {
  readonly identity: ReturnType<ReadIdentity>;
  /** For records of its refusal. */
  readonly certificateUris: readonly string[];
}

function knownAs(read: ReadIdentity, names: CertificateUris): KnownCertificate {
  return { identity: read(names), certificateUris: shownUris(names.uris) };
}

/** True once the certificate behind an identity has expired, however long its connection has been open. */
export function isExpired({ expiresAtMs }: Identity, nowMs: number): boolean {
  // Asked this way round, because an end that could not be read (NaN) is one that has come.
  return expiresAtMs !== undefined && !(nowMs < expiresAtMs);
}

/** The refusal of a stream whose certificate has expired meanwhile. */
export const EXPIRED_MEANWHILE: { readonly failure: CallFailure } = { failure: EXPIRED };

function callerOf(
  { uris, expiresAtMs }: CertificateUris,
  callers: ReadonlyMap<string, Caller>,
): Identity | { readonly failure: CallFailure } {
  // A certificate is one identity: of one that names more, nobody can say which of them asks (SPIFFE has it so, too).
  const [uri, second] = uris;
  if (second !== undefined) return notTold('has more than one URI, so that it is not one caller’s');
  const caller = uri === undefined ? undefined : callers.get(uri);
  return caller === undefined ? notTold('is no configured caller’s') : { caller, expiresAtMs };
}

function notTold(why: string): { readonly failure: CallFailure } {
  const details = `the client certificate ${why}; nothing is decided`;
  return { failure: { code: status.PERMISSION_DENIED, details, reason: 'identity' } };
}
