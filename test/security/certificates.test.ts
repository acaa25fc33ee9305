import { X509Certificate } from 'node:crypto';

import type { AuthenticatedCall } from '../../src/pep/identity';
import { isExpired } from '../../src/pep/identity';
import { createIdentities } from '../../src/pep/grpc/callers';
import type { CallerConfig, ServiceConfig } from '../../src/ports/service-config';
import { completeConfig } from '../../src/platform/config/complete';
import { ANYONE } from '../../src/service/caller-rights';
import { createAuthority } from '../contract/support/authority';
import type { Authority } from '../contract/support/authority';
import { callerOf } from '../contract/support/callers';

const RED = 'spiffe://test/red';

const SECURE: ServiceConfig['listeners'][number] = {
  address: '127.0.0.1:0',
  insecure: false,
  tls: { certificateFile: 'a', privateKey: { file: 'b' }, clientCaFile: 'c' },
};

const CALLER = callerOf('red', { certificateUris: [RED] });

let authority: Authority;

beforeAll(() => {
  authority = createAuthority();
});

afterAll(() => {
  authority.remove();
});

/** A call on a connection that was opened with a certificate of this URI, and the instant at which that ends. */
function callOf(uri: string): { readonly call: AuthenticatedCall; readonly endsAtMs: number } {
  const { cert } = authority.issue({ names: [`URI:${uri}`] });
  const { raw, fingerprint256, validTo } = new X509Certificate(cert);
  const sslPeerCertificate = { raw, fingerprint256 };
  return {
    call: { getAuthContext: () => ({ sslPeerCertificate }) as never },
    endsAtMs: Date.parse(validTo),
  };
}

function identifierOf(callers: readonly CallerConfig[]) {
  const config = completeConfig(
    { limits: {}, tracing: { places: {} }, resolve: (path) => path },
    { insecure: false },
  );
  let nowMs = Date.now();
  const identify = createIdentities({ ...config, callers }, () => nowMs)(SECURE);
  return {
    identify,
    moveTo: (ms: number): void => {
      nowMs = ms;
    },
  };
}

describe('a connection that is open for longer than its certificate holds', () => {
  it.each([
    ['of a caller', [CALLER], 'red'],
    ['where no callers are configured', [], ANYONE.name],
  ])('asks no more: %s', (_what, callers, name) => {
    const { identify, moveTo } = identifierOf(callers);
    const { call, endsAtMs } = callOf(RED);
    moveTo(endsAtMs - 1);
    expect(identify(call)).toMatchObject({ caller: { name }, expiresAtMs: endsAtMs });
    moveTo(endsAtMs);
    expect(identify(call)).toMatchObject({
      failure: { reason: 'identity', certificateUris: [RED] },
    });
  });

  it('shows a certificate, or asks nothing', () => {
    const { identify } = identifierOf([]);
    const call: AuthenticatedCall = { getAuthContext: () => ({}) };
    expect(identify(call)).toMatchObject({ failure: { reason: 'identity' } });
  });

  it('asks no more where the end of its certificate cannot be read', () => {
    const caller = ANYONE;
    expect(isExpired({ caller, expiresAtMs: NaN }, 0)).toBe(true);
    expect(isExpired({ caller, expiresAtMs: 1 }, 0)).toBe(false);
    expect(isExpired({ caller }, Number.MAX_VALUE)).toBe(false);
  });
});

it.each([
  ['a known and an unknown one', 'spiffe://test/green'],
  ['the same one twice', RED],
])('a certificate with more than one URI is nobody’s: %s', (_what, second) => {
  const { identify } = identifierOf([CALLER]);
  expect(identify(callOf(RED).call)).toMatchObject({ caller: { name: 'red' } });
  expect(identify(callOf(`${RED},URI:${second}`).call)).toMatchObject({
    failure: {
      details: expect.stringContaining('more than one URI') as string,
      certificateUris: [RED, second],
    },
  });
});

it('a certificate of two callers is nobody’s', () => {
  const { identify } = identifierOf([
    CALLER,
    { ...CALLER, name: 'blue', certificateUris: ['spiffe://test/blue'] },
  ]);
  const { raw, fingerprint256 } = new X509Certificate(
    authority.issue({ names: [`URI:${RED}`, 'URI:spiffe://test/blue'] }).cert,
  );
  const sslPeerCertificate = { raw, fingerprint256 };
  const call = { getAuthContext: () => ({ sslPeerCertificate }) as never };
  expect(identify(call)).toMatchObject({
    failure: { details: expect.stringContaining('more than one URI') as string },
  });
  expect(identify(callOf(RED).call)).toMatchObject({ caller: { name: 'red' } });
});
