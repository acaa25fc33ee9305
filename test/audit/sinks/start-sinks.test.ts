import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTrailFiles } from '../../../src/audit/files/trail-files';
import { createSinkOpener } from '../../../src/audit/sinks/open-sinks';
import { resolveSinks } from '../../../src/audit/sinks/resolve-sinks';
import { processTimers } from '../../../src/platform/timers';
import type { SinkSettings } from '../../../src/ports/sink-settings';
import type { Trail } from '../../../src/ports/trail';
import { createAppendSignal } from '../../../src/service/sinks/append-signal';
import { startSinks, type RunningSinks } from '../../../src/service/sinks/start-sinks';
import { createReports } from '../../service/sinks/simulation';
import { appendAll, open } from '../../service/trail/support/trails';

let directory: string;
const path = (name: string): string => join(directory, name);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-start-sinks-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the settings of sinks', () => {
  const postgres = (part: Partial<SinkSettings>): SinkSettings =>
    ({
      ...{ kind: 'postgres', name: 'db', host: 'h', port: 1, database: 'd', user: 'u' },
      ...{ table: 't', partition: 'day' },
      ...part,
    }) as SinkSettings;

  const certificate = (): void => {
    const flags = ['-x509', '-newkey', 'ed25519', '-nodes', '-subj', '/CN=a', '-days', '2'];
    const files = ['-keyout', path('key'), '-out', path('cert')];
    execFileSync('openssl', ['req', ...flags, ...files], { stdio: 'ignore' });
  };

  it('are resolved to their secrets, without the line ends of files', async () => {
    certificate();
    writeFileSync(path('password'), 's3cret\n');
    writeFileSync(path('creds'), 'one\ntwo\n');
    const nats = { kind: 'nats', name: 'n', servers: ['a:1'], subject: 's', stream: 'S' } as const;
    const resolved = await resolveSinks(
      [
        postgres({
          password: { file: path('password') },
          tls: { caFile: path('cert'), certificateFile: path('cert'), privateKey: { env: 'KEY' } },
        }),
        {
          ...nats,
          createStream: true,
          credentials: { kind: 'creds', creds: { file: path('creds') } },
        },
        { ...nats, createStream: true, credentials: { kind: 'token', token: { env: 'TOKEN' } } },
        { kind: 'otlp', name: 'o', url: 'https://a/', headers: { a: { env: 'TOKEN' } }, tls: {} },
        { kind: 'stdout', name: 's' },
      ],
      { KEY: readFileSync(path('key'), 'utf8'), TOKEN: 't' },
    );
    const [cert, key] = [path('cert'), path('key')].map((file) => readFileSync(file, 'utf8'));
    expect(resolved).toEqual({
      configs: [
        postgres({ password: 's3cret', tls: { ca: cert, cert, key } } as object),
        { ...nats, createStream: true, credentials: { kind: 'creds', text: 'one\ntwo\n' } },
        { ...nats, createStream: true, credentials: { kind: 'token', token: 't' } },
        { kind: 'otlp', name: 'o', url: 'https://a/', headers: { a: 't' }, tls: {} },
        { kind: 'stdout', name: 's' },
      ],
    });
  });

  it.each([
    ['', /^the sink `db`: `.*\/secret` is empty$/u],
    ['\n', /^the sink `db`: `.*\/secret` is empty$/u],
    ['canary\nb', /^the sink `db`: `.*\/secret` must hold one line, and not be empty$/u],
  ])('are refused for a password file that holds %j', async (text, problem) => {
    writeFileSync(path('secret'), text);
    const resolved = await resolveSinks([postgres({ password: { file: path('secret') } })], {});
    expect(resolved).toEqual({ problem: expect.stringMatching(problem) as string });
  });

  it.each<readonly [Partial<SinkSettings>, RegExp]>([
    [
      { password: { file: '/nowhere/s' } },
      /`\/nowhere\/s` cannot be read: there is no such file$/u,
    ],
    [{ password: { env: 'NONE' } }, /the variable `NONE` is not set$/u],
    [{ tls: { caFile: '/etc/hostname' } }, /`\/etc\/hostname` holds no certificate in PEM$/u],
    [{ tls: { caFile: '-----BEGIN X canary' } }, /: a text in PEM stands where the path/u],
    [{ tls: { privateKey: { env: 'CANARY' } } }, /do not fit together$/u],
  ])('are refused for what cannot be read: %j', async (part, problem) => {
    const resolved = await resolveSinks([postgres(part)], { CANARY: 'canary' });
    expect(resolved).toEqual({ problem: expect.stringMatching(problem) as string });
    expect(JSON.stringify(resolved)).not.toContain('canary');
  });

  it('are refused for a header that could hold another one', async () => {
    const otlp = {
      kind: 'otlp',
      name: 'o',
      url: 'https://a/',
      headers: { a: { env: 'A' } },
    } as const;
    expect(await resolveSinks([otlp], { A: 'canary\r\nb: c' })).toEqual({
      problem: 'the sink `o`: the variable `A` must hold one line, and not be empty',
    });
    expect(await resolveSinks([otlp], { A: 'canary ü' })).toEqual({
      problem: 'the sink `o`: the variable `A` holds what no header can hold',
    });
  });
});

describe('sinks over a trail in files', () => {
  const signal = createAppendSignal();
  let fd: number;

  beforeEach(() => {
    fd = openSync(path('lines'), 'a');
  });

  afterEach(() => {
    closeSync(fd);
  });

  const openOne = async (name: string): Promise<Trail> => {
    mkdirSync(path(name), { recursive: true });
    return open(createTrailFiles(path(name)), { onCommitted: signal.ring });
  };

  const openIn = (name: string, trail: Trail) =>
    createSinkOpener({})({
      settings: [{ kind: 'stdout', name: 'out', fd }],
      ...{ directory: path(name), isEmpty: trail.head() === undefined },
    });

  const started = async (name: string, trail: Trail): Promise<RunningSinks> => {
    const result = await openIn(name, trail);
    if ('problem' in result) throw new Error(result.problem);
    return startSinks({
      ...{ opened: result.opened, trail, reader: createTrailFiles(path(name)), appended: signal },
      ...{ reports: createReports(), timers: processTimers, random: () => 0.5 },
    });
  };

  const lines = () =>
    readFileSync(path('lines'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly id: string; readonly line: object });

  it('get every line once, over restarts, under an id that stays', async () => {
    let trail = await openOne('trail');
    let sinks = await started('trail', trail);
    await appendAll(trail, 5);
    await sinks.close();
    await trail.gap({ not_written: 3 });
    await trail.close();
    trail = await openOne('trail');
    sinks = await started('trail', trail);
    await appendAll(trail, 4, 6);
    await sinks.close();
    expect(sinks.states()).toEqual([{ sink: 'out', sequence: 10, lag: 0 }]);
    await trail.close();
    const id = readFileSync(path('trail/sinks/id'), 'utf8').trim();
    expect(id).toMatch(/^[0-9a-f]{16}$/u);
    expect(statSync(path('trail/sinks/id')).mode & 0o777).toBe(0o600);
    expect(lines().map((each) => each.id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `${id}:${String(index + 1)}`),
    );
    expect(lines()[5]?.line).toMatchObject({ seq: 6, kind: 'gap', gap: { counts: {} } });
  });

  it('name a trail anew whose numbers begin again', async () => {
    for (const name of ['trail', 'trail']) {
      const trail = await openOne(name);
      const sinks = await started(name, trail);
      await appendAll(trail, 2);
      await sinks.close();
      await trail.close();
      for (const file of await createTrailFiles(path(name)).list()) {
        if (file !== 'sinks') rmSync(path(`${name}/${file}`));
      }
    }
    const [first, second, third, fourth] = lines().map(({ id }) => id.split(':'));
    expect([first?.[1], second?.[1], third?.[1], fourth?.[1]]).toEqual(['1', '2', '1', '2']);
    expect(second?.[0]).toBe(first?.[0]);
    expect(third?.[0]).not.toBe(first?.[0]);
  });

  it('are not started with an id that is none', async () => {
    const trail = await openOne('trail');
    await appendAll(trail, 1);
    mkdirSync(path('trail/sinks'));
    writeFileSync(path('trail/sinks/id'), 'x\n');
    const result = await openIn('trail', trail);
    expect(result).toEqual({
      problem: expect.stringMatching(/\/sinks\/id` does not hold the id of a trail/u) as string,
    });
    await trail.close();
  });
});
