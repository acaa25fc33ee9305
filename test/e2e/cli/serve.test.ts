import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerDocument } from '../../../src/ports/wire-json';
import { CATALOG, POLICY } from '../../cli/support/files';
import { findFreePort } from '../support/ports';
import { until } from '../support/wait';
import { ambit, serve, type BuiltRun, type BuiltService } from './built-cli';

let directory = '';
let policies = '';
const services: BuiltService[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-serve-'));
  policies = join(directory, 'policies');
  mkdirSync(policies);
  writeFileSync(join(policies, 'policy.yaml'), POLICY);
  writeFileSync(join(policies, 'catalog.yaml'), CATALOG);
});

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  rmSync(directory, { recursive: true });
});

async function start(address: string, ...args: readonly string[]): Promise<BuiltService> {
  const service = await serve(address, ['--policy', policies, ...args]);
  services.push(service);
  return service;
}

async function loopback(): Promise<string> {
  return `127.0.0.1:${String(await findFreePort())}`;
}

function ask(address: string, ...flags: readonly string[]): BuiltRun {
  return ambit(['decide', '--server', address, '-m', 'chat', ...flags]);
}

/** The parts of a JSON answer that do not depend on where it was asked for, and by which call. */
function comparable({ stdout }: BuiltRun): unknown {
  const { outcome, eligible, verdicts, warnings, bundle } = JSON.parse(stdout) as AnswerDocument;
  return { outcome, eligible, verdicts, warnings, digest: bundle?.digest };
}

describe('serve, as built', () => {
  it('is asked over TCP, and answers as the files do', async () => {
    const address = await loopback();
    await start(address);
    const here = ambit(['decide', '-p', policies, '-m', 'chat']);
    expect(ask(address)).toEqual(here);
    expect(here.code).toBe(0);
    const hereJson = ambit(['decide', '-p', policies, '-m', 'chat', '--format', 'json']);
    expect(comparable(ask(address, '--format', 'json'))).toEqual(comparable(hereJson));
  });

  it('is asked over a unix socket', async () => {
    const address = `unix:${join(directory, 'ambit.sock')}`;
    await start(address);
    expect(ask(address).stdout).toMatch(/^allow: 1 of 3 targets may receive `chat`/);
  });

  it('answers a request from a file', async () => {
    const address = await loopback();
    await start(address);
    const request = join(directory, 'request.json');
    writeFileSync(
      request,
      JSON.stringify({ requestId: 'r', candidates: [{ target: 'keeps/chat' }] }),
    );
    const run = ambit(['decide', '--server', address, '--request', request]);
    expect(run.code).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({ requestId: 'r', outcome: 'OUTCOME_BLOCK' });
    const wrong = ambit(['decide', '--server', address, '--request', '-'], { input: '{"x":1}' });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
  });

  it('follows a change of a file, and keeps the last good one', async () => {
    const address = await loopback();
    const service = await start(address);
    expect(ask(address).stdout).toMatch(/^allow: 1 of 3/);
    writeFileSync(join(policies, 'policy.yaml'), POLICY.replace('days: 7', 'days: 30'));
    await until('the change', () =>
      ask(address).stdout.startsWith('allow: 2 of 3') ? true : undefined,
    );
    writeFileSync(join(policies, 'policy.yaml'), POLICY.replace('days: 7', 'days: "7"'));
    await until('the rejection', () =>
      service.log().includes('quoted_number') ? true : undefined,
    );
    expect(ask(address).stdout).toMatch(/^allow: 2 of 3/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends at %s with 0, and nobody answers any more',
    async (signal) => {
      const address = await loopback();
      const service = await start(address);
      expect(await service.stop(signal)).toBe(0);
      const health = ambit(['health', '--server', address]);
      expect(health).toMatchObject({ code: 5, stdout: '' });
      expect(ask(address)).toMatchObject({ code: 5, stdout: '' });
    },
  );

  it('says of each service whether it is there', async () => {
    const address = await loopback();
    await start(address);
    const health = (name: string) => ambit(['health', '--server', address, '--service', name]);
    expect(health('ambit.v1.DecisionService')).toMatchObject({
      code: 0,
      stdout: 'serving ambit.v1.DecisionService\n',
    });
    expect(health('nobody')).toMatchObject({ code: 1, stdout: 'unknown_service nobody\n' });
  });

  it('does not start on files that are wrong, and shows why', () => {
    writeFileSync(join(policies, 'policy.yaml'), POLICY.replace('days: 7', 'days: "7"'));
    const run = ambit(['serve', '-p', policies, '--listen', '127.0.0.1:0']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('error[quoted_number]');
    expect(ambit(['serve', '-p', join(directory, 'nowhere'), '--listen', '127.0.0.1:0']).code).toBe(
      2,
    );
  });

  it('does not start where it cannot or may not listen', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { readonly port: number };
    const taken = ambit(['serve', '-p', policies, '--listen', `127.0.0.1:${String(port)}`]);
    await new Promise((done) => other.close(done));
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain(String(port));
    const open = ambit(['serve', '-p', policies, '--listen', '0.0.0.0:0']);
    expect(open.code).toBe(2);
    expect(open.stderr).toContain('--insecure');
    expect(ambit(['serve', '-p', policies, '--listen', 'nonsense']).code).toBe(2);
  });

  it('only checks the files with --check', () => {
    const run = ambit(['serve', '--check', '-p', policies]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('2 files checked');
  });
});
