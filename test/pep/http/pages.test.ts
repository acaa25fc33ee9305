import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDiagnostics } from '../../../src/pep/http/diagnostics-server';
import type { Diagnostics } from '../../../src/pep/http/diagnostics-server';
import { DIAGNOSTICS_LIMITS as LIMITS } from '../../../src/pep/http/limits';
import { until } from '../../contract/support/until';
import {
  ask,
  connectRaw,
  createDeferred,
  createStage,
  start,
  wireRequest,
} from './support/diagnostics';
import type { Stage } from './support/diagnostics';

let stage: Stage;
let server: Diagnostics;

beforeEach(async () => {
  stage = createStage();
  server = await start(stage);
});

afterEach(async () => {
  await server.close();
});

const DEGRADED = {
  name: 'sources',
  state: 'degraded',
  reason: 'the last reading was refused',
} as const;
const FAILED = {
  name: 'shutdown',
  state: 'failed',
  reason: 'the service is shutting down',
} as const;

describe('/livez and /readyz', () => {
  it.each(['/livez', '/readyz'])('%s says `ok` where all is', async (path) => {
    expect(await ask(server, path)).toMatchObject({ status: 200, text: 'ok\n' });
  });

  it('list every check where that is asked for', async () => {
    stage.readiness = [...stage.readiness.slice(0, 1), DEGRADED];
    const expected =
      '[+]bundle ok\n[!]sources degraded: the last reading was refused\nreadyz check passed\n';
    for (const query of ['verbose', 'verbose=1', 'a=b&verbose']) {
      const answer = await ask(server, `/readyz?${query}`);
      expect(answer).toMatchObject({ status: 200, text: expected });
    }
  });

  it('stay with 200 for what is degraded', async () => {
    stage.readiness = [DEGRADED];
    expect(await ask(server, '/readyz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  it('answer 503 with all reasons for what has failed, asked for or not', async () => {
    stage.readiness = [...stage.readiness.slice(0, 1), DEGRADED, FAILED];
    expect(await ask(server, '/readyz')).toMatchObject({
      status: 503,
      text:
        '[+]bundle ok\n[!]sources degraded: the last reading was refused\n' +
        '[-]shutdown failed: the service is shutting down\nreadyz check failed\n',
    });
    expect(await ask(server, '/livez')).toMatchObject({ status: 200 });
  });

  it('are JSON for programs', async () => {
    stage.readiness = [DEGRADED, FAILED];
    const answer = await ask(server, '/readyz', { headers: { accept: 'application/json' } });
    expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.text)).toEqual({ state: 'failed', checks: [DEGRADED, FAILED] });
    const live = await ask(server, '/livez', { headers: { accept: 'application/json' } });
    expect(JSON.parse(live.text)).toEqual({ state: 'ok', checks: stage.liveness });
  });

  it('are made anew for each probe', async () => {
    const [ready] = [stage.readiness];
    const statuses: number[] = [];
    for (const readiness of [ready, [FAILED], ready, [DEGRADED], [FAILED]]) {
      stage.readiness = readiness;
      statuses.push((await ask(server, '/readyz')).status);
    }
    expect(statuses).toEqual([200, 503, 200, 200, 503]);
  });

  it('fail where the check itself does, and tell only the log why', async () => {
    await server.close();
    const broken = new Error('secret detail');
    server = await start(stage, {
      readiness: () => {
        throw broken;
      },
    });
    const answer = await ask(server, '/readyz');
    expect(answer).toMatchObject({
      status: 503,
      text: 'the check itself failed; the log says why\n',
    });
    expect(stage.defects).toEqual([broken]);
    expect(await ask(server, '/livez')).toMatchObject({ status: 200 });
  });
});

describe('/metrics', () => {
  it('are in the older format unless OpenMetrics is asked for', async () => {
    const older = await ask(server, '/metrics');
    expect(older).toMatchObject({ status: 200, text: '# prometheus\nup 1\n' });
    expect(older.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const accept =
      'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3';
    const open = await ask(server, '/metrics', { headers: { accept } });
    expect(open).toMatchObject({ status: 200, text: '# open_metrics\nup 1\n' });
    expect(open.headers['content-type']).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
  });

  it('are 503 where they cannot be made', async () => {
    const broken = new Error('no state');
    stage.metrics = () => Promise.reject(broken);
    expect(await ask(server, '/metrics')).toMatchObject({ status: 503 });
    expect(stage.defects).toEqual([broken]);
  });
});

describe('every answer', () => {
  it('to HEAD has the headers of GET and no body', async () => {
    for (const path of ['/livez', '/readyz', '/metrics', '/nowhere']) {
      const [get, head] = [await ask(server, path), await ask(server, path, { method: 'HEAD' })];
      const dateless = (headers: object) => ({ ...headers, date: '' });
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      expect(dateless(head.headers)).toEqual(dateless(get.headers));
      expect(head.headers['content-length']).toBe(String(get.text.length));
    }
  });

  it.each(['/livez', '/metrics', '/nowhere'])(
    'of %s is not kept, guessed about or run',
    async (path) => {
      const { headers } = await ask(server, path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'",
      });
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['server']));
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['x-powered-by']));
    },
  );

  it.each([
    '/',
    '/nowhere',
    '/livez/',
    '/LIVEZ',
    '//livez',
    '/livez%20',
    '/metrics/..',
    '/__proto__',
    '*',
  ])('of %s is 404', async (path) => {
    expect(await ask(server, path)).toMatchObject({ status: 404 });
    expect(await ask(server, path, { method: 'OPTIONS' })).toMatchObject({ status: 404 });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'to %s of a page is 405, with what is allowed',
    async (method) => {
      const answer = await ask(server, '/readyz', { method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    },
  );
});

describe('starting and closing', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ambit-http-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('listens on a unix socket that owner and group may open, and takes it away', async () => {
    const path = join(directory, 'd.sock');
    const other = await start(stage, { address: `unix:${path}` });
    expect(other.address).toBe(`unix:${path}`);
    expect(statSync(path).mode & 0o777).toBe(0o660);
    expect(await ask(other, '/livez')).toMatchObject({ status: 200, text: 'ok\n' });
    await other.close();
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('listens beyond loopback without more ado: kubelet and Prometheus come from elsewhere', async () => {
    const other = await start(stage, { address: '0.0.0.0:0' });
    expect(other.address).toMatch(/^0\.0\.0\.0:[1-9]\d*$/);
    await other.close();
  });

  it('says what is wrong with an address', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const problems = [];
    for (const address of [
      'nonsense',
      server.address,
      `unix:${file}`,
      `unix:${directory}/no/d.sock`,
    ]) {
      const started = await startDiagnostics({
        address,
        liveness: () => [],
        readiness: () => [],
        metrics: { render: () => Promise.resolve('') },
        onDefect: () => undefined,
      });
      problems.push('problem' in started ? started.problem : '');
    }
    expect(problems).toEqual([
      '`nonsense` is no address; write `HOST:PORT` or `unix:/PATH`',
      `cannot listen on \`${server.address}\`: the address is in use; end the process that listens there, or choose another with \`--diagnostics\``,
      `\`${file}\` exists and is not a socket; move it away`,
      `cannot listen on \`unix:${directory}/no/d.sock\`: its directory \`${directory}/no\` does not exist; make it with \`mkdir -p\``,
    ]);
  });

  it('cuts idle connections and lets an answer end when it closes', async () => {
    const idle = await connectRaw(server);
    const slow = createDeferred<string>();
    const asked = createDeferred<undefined>();
    stage.metrics = () => {
      asked.resolve(undefined);
      return slow.promise;
    };
    const answer = ask(server, '/metrics');
    await asked.promise;
    const closed = server.close();
    slow.resolve('late 1\n');
    expect(await answer).toMatchObject({ status: 200, text: '# prometheus\nlate 1\n' });
    await closed;
    await until(idle.ended);
    await expect(ask(server, '/livez')).rejects.toThrow('ECONNREFUSED');
  });

  it('ends a connection with the answer on which it closes, though it could be kept', async () => {
    await server.close();
    server = await start(stage, { limits: { ...LIMITS, closeMs: 600_000 } });
    const page = createDeferred<string>();
    const asked = createDeferred<undefined>();
    stage.metrics = () => {
      asked.resolve(undefined);
      return page.promise;
    };
    const connection = await connectRaw(server);
    connection.socket.write(wireRequest('/metrics', 'Connection: keep-alive'));
    await asked.promise;
    const closed = server.close();
    page.resolve('late 1\n');
    await closed;
    await until(connection.ended);
    expect(connection.received()).toMatch(/late 1\n$/);
  });

  it('closes in a fixed time, whatever is still asked', async () => {
    await server.close();
    server = await start(stage, { limits: { ...LIMITS, closeMs: 20 } });
    const asked = createDeferred<undefined>();
    stage.metrics = () => {
      asked.resolve(undefined);
      return new Promise(() => undefined);
    };
    const answer = ask(server, '/metrics').catch(() => 'cut');
    await asked.promise;
    await server.close();
    expect(await answer).toBe('cut');
  });
});
