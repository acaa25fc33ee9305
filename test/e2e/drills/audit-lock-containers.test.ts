import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { ambit } from '../cli/built-cli';
import { createAuditSite, headIn, type AuditSite } from './support/audit-site';
import type { DrillProcess } from './support/drill-process';

let folder = '';
let site: AuditSite;
const started: DrillProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-containers-'));
  site = createAuditSite(folder, { mode: 'strict' });
});

afterEach(async () => {
  for (const service of started.splice(0)) {
    service.signal('SIGKILL');
    await service.ended();
  }
  rmSync(folder, { recursive: true });
});

/** Namespaces are made by root, or by somebody who is root in one of users. */
const UNSHARE = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

/** As in a container: numbers of processes of its own, and nothing to be seen of others. */
const OWN_NUMBERS = [...UNSHARE, '--pid', '--fork', '--mount-proc', '--kill-child=SIGKILL'];

/** As in another Pod on the same node, or after a Deployment has made a new one. */
const OWN_NAME = [
  ...[...UNSHARE, '--uts', '--pid', '--fork', '--mount-proc', '--kill-child=SIGKILL'],
  ...['sh', '-c', 'hostname another && exec "$0" "$@"'],
];

function start(launcher: readonly string[]): DrillProcess {
  const service = site.start({ launcher });
  started.push(service);
  return service;
}

interface Lock {
  readonly host: string;
  readonly pid: number;
}

const lock = (): Lock => JSON.parse(readFileSync(join(site.trail, 'lock'), 'utf8')) as Lock;

const socketsLeft = (): number =>
  readdirSync(site.trail).filter((name) => name.endsWith('.sock')).length;

describe('a directory that containers of one machine share', () => {
  it.each([
    ['one host name, which do not see each other', OWN_NUMBERS, OWN_NUMBERS, hostname()],
    ['other host names', OWN_NUMBERS, OWN_NAME, hostname()],
    ['other host names, the other way round', OWN_NAME, OWN_NUMBERS, 'another'],
  ])(
    'is held by one of those with %s, and taken over once it was killed',
    async (_, first, second, host) => {
      const holder = start(first);
      await holder.listening();
      // It is the first process of its container, and so would be the next one: numbers tell nothing.
      expect(lock()).toMatchObject({ host, pid: 1 });

      const refused = start(second);
      expect(await refused.ended()).toEqual({ code: 2, signal: null });
      expect(refused.noise()).toContain(`process 1 on ${host} writes to the trail`);
      const named = ambit(['audit', 'unlock', site.trail, '--holder', host]);
      expect(named).toMatchObject({ code: 1 });
      expect(holder.isRunning()).toBe(true);

      holder.signal('SIGKILL');
      await holder.ended();
      expect(socketsLeft()).toBe(1);
      const next = start(second);
      await next.listening();
      expect(socketsLeft()).toBe(1);
      next.signal('SIGKILL');
      await next.ended();

      const last = start([]);
      await last.listening();
      last.signal('SIGTERM');
      expect(await last.ended()).toEqual({ code: 0, signal: null });
      expect(socketsLeft()).toBe(0);
      expect(site.verify(headIn(last.log()))).toMatchObject({ code: 0 });
    },
  );
});
