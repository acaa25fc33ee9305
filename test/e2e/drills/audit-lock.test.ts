import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answerOf, type Message } from '../../contract/support/client';
import { createAuditSite, headIn, type AuditSite } from './support/audit-site';
import type { DrillProcess } from './support/drill-process';
import { openOwnClient } from './support/own-client';
import { readAccount } from './support/trail-lines';

let folder = '';
let site: AuditSite;
const started: DrillProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-audit-lock-'));
  site = createAuditSite(folder, { mode: 'strict' });
});

afterEach(async () => {
  for (const service of started.splice(0)) {
    service.signal('SIGKILL');
    await service.ended();
  }
  rmSync(folder, { recursive: true });
});

function start(): DrillProcess {
  const service = site.start();
  started.push(service);
  return service;
}

/** Asks once; gives the id of the decision, which was allowed. */
async function askAt(service: DrillProcess): Promise<string> {
  const [address = ''] = await service.listening();
  const client = openOwnClient('ambit.v1.DecisionService', address);
  const answer: Message = await answerOf(client, 'Decide', {
    context: { scope: { data: 'open' } },
    candidates: [{ target: 'p/clean' }],
  });
  client.close();
  expect(answer['outcome']).toBe('OUTCOME_ALLOW');
  return String(answer['decision_id']);
}

/** Starts one that must not serve; gives what it says. */
async function startInVain(): Promise<DrillProcess> {
  const service = start();
  expect(await service.ended()).toEqual({ code: 2, signal: null });
  expect(service.log().filter(({ msg }) => msg === 'listening')).toEqual([]);
  return service;
}

/** One whole life, with a record: leaves a sealed segment more. */
async function live(): Promise<void> {
  const service = start();
  await askAt(service);
  service.signal('SIGTERM');
  expect(await service.ended()).toEqual({ code: 0, signal: null });
}

describe('a trail of which a service is the writer', () => {
  it('is refused to a second one, which disturbs nothing, and taken over from one that was killed', async () => {
    const first = start();
    const ids = [await askAt(first)];
    const said = (await startInVain()).noise();
    expect(said).toContain(`process ${String(first.pid)} on `);
    expect(said).toContain(`writes to the trail in \`${site.trail}\``);
    ids.push(await askAt(first));
    first.signal('SIGKILL');
    await first.ended();
    const next = start();
    ids.push(await askAt(next));
    next.signal('SIGTERM');
    expect(await next.ended()).toEqual({ code: 0, signal: null });
    expect(readAccount(site.trail)).toMatchObject({ ids, gaps: {} });
    expect(site.verify(headIn(next.log()))).toMatchObject({ code: 0 });
  });

  it('is left as it is where a lock is of another host, whose processes nobody can see from here', async () => {
    const lock = { host: 'another', pid: 2 ** 30, start: '', token: 'a1' };
    writeFileSync(join(site.trail, 'lock'), JSON.stringify(lock));
    const said = (await startInVain()).noise();
    expect(said).toContain(`process ${String(2 ** 30)} on another writes to the trail`);
    expect(said).toContain(`\`ambit audit unlock ${site.trail} --holder another\` makes way`);
  });
});

const path = (name: string): string => join(site.trail, name);

function change(name: string, changed: (bytes: Buffer) => Buffer): void {
  writeFileSync(path(name), changed(readFileSync(path(name))));
}

/** The place of the last character of a file's second line. */
const inSecondLine = (bytes: Buffer): number => bytes.indexOf('\n', bytes.indexOf('\n') + 1) - 1;

const DAMAGES: readonly (readonly [string, () => void, string])[] = [
  [
    'a byte of a sealed segment was changed',
    () => {
      change('000000000002.jsonl', (bytes) => {
        const at = inSecondLine(bytes) - 40;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      });
    },
    'damaged at `000000000002.jsonl`, line 2: ',
  ],
  [
    'a seal was removed',
    () => {
      rmSync(path('000000000001.seal.json'));
    },
    'damaged at `000000000001.seal.json`: ',
  ],
  [
    'the end of a sealed segment was cut off',
    () => {
      change('000000000002.jsonl', (bytes) => bytes.subarray(0, bytes.indexOf('\n') + 1));
    },
    'damaged at `000000000002.jsonl`, line 2: ',
  ],
  [
    'a sealed segment lost half of its last line',
    () => {
      change('000000000002.jsonl', (bytes) => bytes.subarray(0, -30));
    },
    'damaged at `000000000002.jsonl`, line ',
  ],
  [
    'a segment is gone',
    () => {
      rmSync(path('000000000001.jsonl'));
    },
    'damaged at `000000000001.jsonl`: ',
  ],
];

/** What the log says of damage is an event as all others are, so that a SIEM need not know the sentence. */
function expectEvent(service: DrillProcess): void {
  const [told, ...others] = service.log().filter(({ event }) => event !== undefined);
  expect(others).toEqual([]);
  const { code, file, line, sequence } = told ?? {};
  expect(service.noise()).toContain(`damaged at \`${String(file)}\``);
  expect(service.noise()).toContain(`(${String(code)})`);
  expect(told?.['event']).toMatchObject({
    ...{ class_uid: 2004, severity: 'Critical', status_detail: code },
    metadata: { event_code: 'trail_damaged' },
    resources: [{ name: file }],
    unmapped: { code, line, sequence },
  });
}

describe('a service that finds its trail as no crash can have left it', () => {
  it.each(DAMAGES)('does not start where %s, and says where', async (_, damage, place) => {
    await live();
    await live();
    damage();
    const service = await startInVain();
    expect(service.noise()).toContain(place);
    expectEvent(service);
  });
});
