import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createAuthority } from '../../contract/support/authority';
import type { Authority, Issued } from '../../contract/support/authority';
import { POLICY_FILE, startService } from '../../contract/support/service';
import type { TestService } from '../../contract/support/service';
import { MAIN } from './built-cli';

let authority: Authority;
let server: Issued;
let service: TestService;

beforeAll(async () => {
  authority = createAuthority();
  server = authority.issue({ names: ['IP:127.0.0.1'] });
  const { certificateFile, keyFile } = server;
  const clientCaFile = authority.certificateFile;
  const tls = { certificateFile, privateKey: { file: keyFile }, clientCaFile };
  service = await startService(POLICY_FILE, {
    listeners: [{ address: '127.0.0.1:0', insecure: false, tls }],
  });
});

afterAll(async () => {
  await service.stop();
  authority.remove();
});

/** Runs the built command line beside this process, which is the one that answers it. */
function ambit(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const client = ['--ca-file', authority.certificateFile, '--cert-file', server.certificateFile];
  const flags = ['--server', service.addresses[0] ?? '', ...client, '--key-file', server.keyFile];
  return promisify(execFile)(process.execPath, [MAIN, ...args, ...flags]);
}

describe('the built command line over mutual TLS', () => {
  it('asks health at an IP address, and says nothing beside the answer', async () => {
    expect(await ambit('health')).toEqual({ stdout: 'serving\n', stderr: '' });
  });

  it('asks for a decision', async () => {
    const { stdout, stderr } = await ambit('decide', '-m', 'large', '--tenant', 'red');
    expect(stdout).toMatch(/^allow: 1 of 3 targets may receive `large`\n/u);
    expect(stderr).toBe('');
  });
});
