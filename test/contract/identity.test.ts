import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials, Client } from '@grpc/grpc-js';

import type { ServiceConfig } from '../../src/ports/service-config';
import {
  AuthorizationClient,
  CheckRequest,
} from '../../src/gen/envoy/service/auth/v3/external_auth';
import type { CheckResponse } from '../../src/gen/envoy/service/auth/v3/external_auth';
import { createAuthority } from './support/authority';
import type { Authority, Issued } from './support/authority';
import { callerOf } from './support/callers';
import { call, openClient } from './support/client';
import type { Message, Outcome } from './support/client';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';

const RED = 'spiffe://test/red';
const SERVER = { names: ['DNS:localhost', 'IP:127.0.0.1'] };

const CALLERS = [callerOf('red', { certificateUris: [RED] }), callerOf('blue')];

const request = (context: Message): Message => ({
  context,
  candidates: [{ ref: 'a', target: 'acme/large' }],
});

let authority: Authority;
let stranger: Authority;
let directory: string;
let service: TestService;

const file = (name: string): string => join(directory, name);

/** Puts a certificate where the service looks for it, in one step each. */
function install({ certificateFile, keyFile }: Issued): void {
  for (const [from, to] of [
    [keyFile, 'tls.key'],
    [certificateFile, 'tls.crt'],
  ] as const) {
    copyFileSync(from, file(`${to}.new`));
    renameSync(file(`${to}.new`), file(to));
  }
}

const listeners = (): ServiceConfig['listeners'] => [
  {
    address: '127.0.0.1:0',
    insecure: false,
    tls: {
      certificateFile: file('tls.crt'),
      privateKey: { file: file('tls.key') },
      clientCaFile: file('clients.crt'),
    },
  },
  { address: `unix:${file('blue.sock')}`, insecure: false, caller: 'blue' },
];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-identity-'));
  authority = createAuthority();
  stranger = createAuthority('stranger');
  copyFileSync(authority.certificateFile, file('clients.crt'));
  install(authority.issue(SERVER));
  service = await startService(POLICY_FILE, { listeners: listeners(), callers: CALLERS });
});

afterAll(async () => {
  await service.stop();
  authority.remove();
  stranger.remove();
  rmSync(directory, { recursive: true, force: true });
});

const showing = ({ key, cert }: Issued): ChannelCredentials =>
  credentials.createSsl(authority.cert, key, cert);

const secure = (): string => service.addresses[0] ?? '';
const socket = (): string => service.addresses[1] ?? '';

async function decide(
  address: string,
  as: ChannelCredentials | undefined,
  context: Message = { tenant: 'red' },
): Promise<Outcome> {
  const client: Client = openClient('ambit.v1.DecisionService', address, as);
  try {
    return await call(client, 'Decide', request(context));
  } finally {
    client.close();
  }
}

const codeOf = (outcome: Outcome): string =>
  'code' in outcome ? outcome.code : String(outcome.answer['outcome']);

/** What is refused is decided by nobody. */
async function refused(outcome: Promise<Outcome>, code: string): Promise<void> {
  const before = service.diagnostics.decided.length;
  expect(codeOf(await outcome)).toBe(code);
  expect(service.diagnostics.decided).toHaveLength(before);
}

describe('a client with a certificate', () => {
  it('is the caller whose URI it shows', async () => {
    const as = showing(authority.issue({ names: [`URI:${RED}`] }));
    expect(codeOf(await decide(secure(), as))).toBe('OUTCOME_ALLOW');
    expect(service.diagnostics.decided.at(-1)).toMatchObject({ caller: 'red', method: 'decide' });
  });

  it('gets its only tenant where it names none', async () => {
    const as = showing(authority.issue({ names: [`URI:${RED}`] }));
    expect(codeOf(await decide(secure(), as, {}))).toBe('OUTCOME_ALLOW');
  });

  it.each([
    ['another tenant', { tenant: 'blue' }],
    ['a scope that it may not claim', { tenant: 'red', scope: { team: 'x' } }],
  ])('is refused for %s, and that is seen', async (_what, context) => {
    const as = showing(authority.issue({ names: [`URI:${RED}`] }));
    await refused(decide(secure(), as, context), 'PERMISSION_DENIED');
    expect(service.diagnostics.refused.at(-1)).toMatchObject({ caller: 'red', reason: 'rights' });
    expect(service.log.at(-1)).toMatchObject({ msg: 'call refused', caller: 'red' });
  });

  it.each([
    ['of nobody', ['URI:spiffe://test/green']],
    ['without a URI', ['DNS:red']],
    ['with the URI as a name', [`DNS:${RED.replaceAll(/[:/]/g, '.')}`]],
    ['with more after the URI', [`URI:${RED}/x`]],
    ['with less of the URI', ['URI:spiffe://test/re']],
    ['with the URI in another case', ['URI:spiffe://test/RED']],
  ])('is refused: %s', async (_what, names) => {
    const outcome = decide(secure(), showing(authority.issue({ names })));
    await refused(outcome, 'PERMISSION_DENIED');
    expect(service.diagnostics.refused.at(-1)).toMatchObject({ caller: '', reason: 'identity' });
    const uris = names.flatMap((name) => (name.startsWith('URI:') ? [name.slice(4)] : []));
    expect(service.log.at(-1)).toMatchObject({ msg: 'call refused', certificate_uris: uris });
    // The client learns nothing of what is in its certificate: a proxy may hand the answer on.
    expect(JSON.stringify(await outcome)).not.toContain('spiffe');
  });
});

describe('GetStatus', () => {
  it('tells a caller of some tenants how many files are active, and not which', async () => {
    const client = openClient('ambit.v1.PolicyService', socket());
    const status = await call(client, 'GetStatus', {});
    client.close();
    expect(status).toMatchObject({ answer: { active: { policy_count: 1, target_count: 3 } } });
    expect(JSON.stringify(status)).not.toContain('policy.yaml');
  });
});

describe('a client that shows nothing that counts', () => {
  it.each([
    ['no certificate', () => credentials.createSsl(authority.cert)],
    ['one of another authority', () => showing(stranger.issue({ names: [`URI:${RED}`] }))],
    ['one that has expired', () => showing(authority.issue({ names: [`URI:${RED}`], days: -1 }))],
    ['plaintext', () => credentials.createInsecure()],
  ])('does not get through the handshake: %s', async (_what, as) => {
    const before = service.diagnostics.handshakes.length;
    const { length } = service.log;
    await refused(decide(secure(), as()), 'UNAVAILABLE');
    expect(service.diagnostics.handshakes.length).toBeGreaterThan(before);
    const told = service.log.slice(length).filter(({ msg }) => msg === 'TLS handshake failed');
    const peer = expect.stringMatching(/^127\.0\.0\.1:\d+$/u) as string;
    expect(told[0]).toMatchObject({ address: '127.0.0.1:0', peer });
  });
});

describe('a listener of one caller', () => {
  it('knows who asks without a certificate', async () => {
    expect(codeOf(await decide(socket(), undefined, { tenant: 'blue' }))).toBe('OUTCOME_ALLOW');
    expect(service.diagnostics.decided.at(-1)).toMatchObject({ caller: 'blue' });
  });

  it('refuses a tenant of another one', async () => {
    await refused(decide(socket(), undefined, { tenant: 'red' }), 'PERMISSION_DENIED');
  });
});

describe('certificates that are replaced', () => {
  let renewed: Issued;

  it('are shown from the next connection on, and no call fails meanwhile', async () => {
    const as = showing(authority.issue({ names: [`URI:${RED}`] }));
    const open = openClient('ambit.v1.DecisionService', secure(), as);
    const outcomes: string[] = [];
    const asked = request({ tenant: 'red' });
    renewed = authority.issue(SERVER);
    install(renewed);
    const isRenewed = (): boolean => service.log.some(({ msg }) => msg === 'certificate renewed');
    while (!isRenewed()) {
      outcomes.push(codeOf(await call(open, 'Decide', asked)));
      outcomes.push(codeOf(await decide(secure(), as)));
    }
    outcomes.push(codeOf(await call(open, 'Decide', asked)));
    open.close();
    expect(new Set(outcomes)).toEqual(new Set(['OUTCOME_ALLOW']));
  });

  it('stay in force where new ones do not fit together', async () => {
    copyFileSync(stranger.issue(SERVER).keyFile, file('tls.key'));
    const told = (): Message | undefined =>
      service.log.find(({ msg }) => String(msg).startsWith('the TLS files are refused'));
    while (told() === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told()).toMatchObject({ level: 'error' });
    const degraded = service.diagnostics.state().readiness.find(({ state }) => state !== 'ok');
    expect(degraded).toMatchObject({ name: 'certificates', state: 'degraded' });
    const as = showing(authority.issue({ names: [`URI:${RED}`] }));
    expect(codeOf(await decide(secure(), as))).toBe('OUTCOME_ALLOW');
  });

  it('are told to be valid again where the same bytes come back', async () => {
    install(renewed);
    const told = (): readonly Message[] =>
      service.log.filter(({ msg }) => String(msg).startsWith('the TLS files are valid again'));
    while (told().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told()).toMatchObject([{ level: 'info', address: secure() }]);
    const renewals = service.log.filter(({ msg }) => msg === 'certificate renewed');
    expect(renewals).toHaveLength(1);
    const { readiness } = service.diagnostics.state();
    expect(readiness.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it('end the trust in an authority for whoever connects then', async () => {
    copyFileSync(stranger.certificateFile, file('clients.crt'));
    install(authority.issue(SERVER));
    const as = showing(authority.issue({ names: [`URI:${RED}`] }));
    let code = '';
    while (code !== 'UNAVAILABLE') code = codeOf(await decide(secure(), as));
    const trusted = showing(stranger.issue({ names: [`URI:${RED}`] }));
    expect(codeOf(await decide(secure(), trusted))).toBe('OUTCOME_ALLOW');
  });
});

describe('a Check of a caller', () => {
  it.each([
    ['its own tenant', 'blue', false],
    ['another tenant', 'red', true],
  ])(
    'for %s is denied as a decision, and never as a failed call',
    async (_what, tenant, denied) => {
      const before = service.diagnostics.refused.length;
      const client = new AuthorizationClient(socket(), credentials.createInsecure());
      const answer = await new Promise<CheckResponse>((resolve, reject) => {
        client.check(checkOf(tenant), (error, response) => {
          if (error === null) resolve(response);
          else reject(error);
        });
      });
      client.close();
      expect(JSON.stringify(answer).includes('may not ask for this tenant')).toBe(denied);
      expect(service.diagnostics.refused.length - before).toBe(denied ? 1 : 0);
    },
  );
});

/** A Check whose body names a model. */
function checkOf(tenant: string): CheckRequest {
  return CheckRequest.fromPartial({
    attributes: {
      request: {
        http: {
          method: 'POST',
          path: '/v1/chat/completions',
          headers: new Map([['content-type', 'application/json']]),
          body: '{"model":"large"}',
        },
      },
      contextExtensions: new Map([['tenant', tenant]]),
    },
  });
}
