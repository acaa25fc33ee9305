import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answerOf } from '../../contract/support/client';
import { createAuditSite, type AuditSite } from '../drills/support/audit-site';
import type { DrillProcess } from '../drills/support/drill-process';
import { openOwnClient } from '../drills/support/own-client';
import { TEST_PROCESS } from '../support/child';
import { until } from '../support/wait';
import { ambit, MAIN } from './built-cli';

/** The command while it runs. */
interface Following {
  /** What it has printed, line by line. */
  lines(): readonly string[];
  /** Asks it to end; its exit code. */
  stop(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
}

let folder = '';
let site: AuditSite;
let running: ChildProcess[] = [];
let services: DrillProcess[] = [];

const killAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-follow-'));
  site = createAuditSite(folder, { mode: 'strict' });
  TEST_PROCESS.once('exit', killAll);
});

afterEach(async () => {
  killAll();
  for (const service of services) {
    service.signal('SIGKILL');
    await service.ended();
  }
  [running, services] = [[], []];
  TEST_PROCESS.removeListener('exit', killAll);
  rmSync(folder, { recursive: true });
});

function follow(...options: readonly string[]): Following {
  const args = ['audit', 'events', '--records', site.trail, '--follow', ...options];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    lines: () => text.split('\n').slice(0, -1),
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** One life of the service, which leaves a segment more; `during` happens while requests of these tenants are blocked. */
async function live(tenants: readonly string[], during: () => Promise<void>): Promise<void> {
  const service = site.start();
  services.push(service);
  const [address = ''] = await service.listening();
  const client = openOwnClient('ambit.v1.DecisionService', address);
  for (const tenant of tenants) {
    const context = { tenant, scope: { data: 'denied' } };
    const request = { context, candidates: [{ target: 'p/keeps' }] };
    expect(await answerOf(client, 'Decide', request)).toMatchObject({ outcome: 'OUTCOME_BLOCK' });
  }
  client.close();
  await during();
  service.signal('SIGTERM');
  expect(await service.ended()).toEqual({ code: 0, signal: null });
}

/** Waits until so many lines are there. */
const shown = (following: Following, count: number): Promise<readonly string[]> =>
  until(`line ${String(count)}`, () => {
    const lines = following.lines();
    return lines.length >= count ? lines : undefined;
  });

/** The kind and the tenant of a line for people. */
function wordsOf(line: string): readonly string[] {
  const [, , kind = ''] = line.split(/ {2,}/);
  const [, tenant = ''] = / tenant=(\S+)/.exec(line) ?? [];
  return tenant === '' ? [kind] : [kind, tenant];
}

const STARTED = ['bundle_activated'];

describe('ambit audit events --follow', () => {
  it('is started before there is a trail, and shows events as they come, from segment to segment', async () => {
    const all = follow();
    await live(['red', 'blue'], async () => {
      expect((await shown(all, 3)).map(wordsOf)).toEqual([
        STARTED,
        ['request_blocked', 'red'],
        ['request_blocked', 'blue'],
      ]);
    });
    await live(['green'], async () => {
      expect((await shown(all, 5)).slice(3).map(wordsOf)).toEqual([
        STARTED,
        ['request_blocked', 'green'],
      ]);
    });
    expect(await all.stop('SIGINT')).toBe(0);
    // All that was shown is what the trail holds, each once.
    const { code, stdout } = ambit(['audit', 'events', '--records', site.trail]);
    expect([code, all.lines()]).toEqual([0, stdout.split('\n').slice(0, -1)]);
  });

  it('shows only what is asked for, as OCSF for programs, and ends when it is asked to', async () => {
    const chosen = ['--tenant', 'blue', '--severity', 'low', '--format', 'json'];
    const [blue, started] = [follow(...chosen), follow('--kind', 'bundle_activated')];
    await live(['red', 'blue', 'red'], async () => {
      await shown(started, 1);
      await shown(blue, 1);
    });
    await live(['blue'], async () => {
      await shown(started, 2);
      await shown(blue, 2);
    });
    expect([await blue.stop('SIGTERM'), await started.stop('SIGTERM')]).toEqual([0, 0]);
    const events = blue.lines().map((line) => JSON.parse(line) as unknown);
    const blocked = { event_code: 'request_blocked', tenant_uid: 'blue' };
    expect(events).toMatchObject([{ metadata: blocked }, { metadata: blocked }]);
    expect(started.lines().map(wordsOf)).toEqual([STARTED, STARTED]);
  });

  it('says of a directory that there is none, as the report does, and does not wait for it', () => {
    const missing = ['--records', join(folder, 'missing')];
    const [events, report] = [['events', '--follow'], ['report']].map((words) =>
      ambit(['audit', ...words, ...missing]),
    );
    expect(events).toEqual(report);
    expect(events).toMatchObject({ code: 2, stdout: '' });
    expect(events?.stderr).toContain('cannot be read');
  });
});
