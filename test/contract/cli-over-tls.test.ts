import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connect } from '../../src/pep/grpc/client/connect';
import { cli } from '../cli/support/cli';
import type { CliRun } from '../cli/support/cli';
import { createAuthority } from './support/authority';
import type { Authority, Issued } from './support/authority';
import { callerOf } from './support/callers';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';

const RED = 'spiffe://test/red';

let authority: Authority;
let stranger: Authority;
let directory: string;
let service: TestService;
let client: Issued;
let nobody: Issued;

/** Listens with mutual TLS, on an address and on a socket, under a certificate for two names. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-cli-tls-'));
  authority = createAuthority();
  stranger = createAuthority('stranger');
  client = authority.issue({ names: [`URI:${RED}`] });
  nobody = authority.issue({ names: ['URI:spiffe://test/nobody'] });
  const server = authority.issue({ names: ['DNS:ambit.test', 'DNS:localhost'] });
  const tls = {
    certificateFile: server.certificateFile,
    privateKey: { file: server.keyFile },
    clientCaFile: authority.certificateFile,
  };
  service = await startService(POLICY_FILE, {
    listeners: [
      { address: '127.0.0.1:0', insecure: false, tls },
      { address: `unix:${join(directory, 'a.sock')}`, insecure: false, tls },
    ],
    callers: [callerOf('red', { certificateUris: [RED] })],
  });
});

afterAll(async () => {
  await service.stop();
  authority.remove();
  stranger.remove();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs a command against a listener, with these files at hand. */
function run(command: string, flags: readonly string[], listener = 0): Promise<CliRun> {
  const files = {
    'ca.crt': authority.cert.toString(),
    'stranger.crt': stranger.cert.toString(),
    'me.crt': client.cert.toString(),
    'me.key': client.key.toString(),
    'nobody.crt': nobody.cert.toString(),
    'nobody.key': nobody.key.toString(),
  };
  const address = service.addresses[listener] ?? '';
  return cli([command, '--server', address, ...flags], { connect, files });
}

const CA = ['--ca-file', 'ca.crt'];
const ME = ['--cert-file', 'me.crt', '--key-file', 'me.key'];
const NOBODY = ['--cert-file', 'nobody.crt', '--key-file', 'nobody.key'];
const NAME = ['--server-name', 'ambit.test'];

describe('a listener with mutual TLS', () => {
  it('answers health, under the name that the certificate has', async () => {
    const serving = { code: 0, stdout: 'serving\n', stderr: '' };
    expect(await run('health', [...CA, ...ME, ...NAME])).toEqual(serving);
    expect(await run('health', [...CA, ...ME], 1)).toEqual(serving);
  });

  it('answers decide, as the caller of the certificate', async () => {
    const ask = ['-m', 'large', '--format', 'json', ...CA, ...NAME];
    const allowed = await run('decide', [...ask, ...ME, '--tenant', 'red']);
    expect(allowed.code).toBe(0);
    expect(JSON.parse(allowed.stdout)).toMatchObject({ eligible: ['acme/large'] });
    const overstepping = await run('decide', [...ask, ...ME, '--tenant', 'blue']);
    expect(overstepping).toMatchObject({ code: 5, stdout: '' });
    const unknown = await run('decide', [...ask, ...NOBODY, '--tenant', 'red']);
    expect(unknown).toMatchObject({ code: 5, stdout: '' });
    expect(unknown.stderr).toContain('no configured caller');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['plaintext', [], /`--ca-file` speaks TLS/],
    ['no certificate', [...CA, ...NAME], /`--cert-file`|certificate required/],
    ['another name', [...CA, ...ME, '--server-name', 'other.test'], /other\.test/],
    ['the host of its address as its name', [...CA, ...ME], /127\.0\.0\.1/],
    ['an authority of others', ['--ca-file', 'stranger.crt', ...ME, ...NAME], /certificate/],
    ['the well-known authorities', ['--tls', ...ME, ...NAME], /certificate/],
  ])('gives no answer to a client with %s', async (_, flags, message) => {
    const { code, stdout, stderr } = await run('health', flags);
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('files for TLS that are of no use', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['a certificate without its key', ['--cert-file', 'me.crt'], /shown with its private key/],
    ['a key without its certificate', ['--key-file', 'me.key'], /shown with its private key/],
    ['a file that is not there', ['--ca-file', 'no.crt'], /`no\.crt` of `--ca-file`/],
    ['a key of another', ['--cert-file', 'me.crt', '--key-file', 'nobody.key'], /fit together/],
    ['an authority that is none', ['--ca-file', 'me.key'], /no PEM/],
  ])('are a mistake of the call: %s', async (_, flags, message) => {
    const { code, stdout, stderr } = await run('health', flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('\n');
    for (const line of client.key.toString().split('\n').slice(1, -2)) {
      expect(stderr).not.toContain(line);
    }
  });

  it('are one where nothing is asked over a connection', async () => {
    const answer = await cli(['decide', '-p', 'x.yaml', '-m', 'a', ...CA], {});
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain('`--ca-file` is of no use without `--server`');
  });
});
