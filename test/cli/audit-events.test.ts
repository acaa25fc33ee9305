import { appendFileSync, mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTrailFiles } from '../../src/audit/files/trail-files';
import type { FollowParts } from '../../src/cli/dependencies';
import type { Trail } from '../../src/ports/trail';
import { recorderTo } from '../service/events/support/recorded';
import { open, START_MS } from '../service/trail/support/trails';
import { cli, type CliRun } from './support/cli';

let directory: string;
let trail: Trail;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-events-'));
  trail = await open(createTrailFiles(directory));
});

afterEach(async () => {
  // Tests that change its files leave nothing that can be sealed.
  await trail.close().catch(() => undefined);
  rmSync(directory, { recursive: true });
});

function run(...options: readonly string[]): Promise<CliRun> {
  return cli(['audit', 'events', '--records', directory, ...options]);
}

/** Records a refused bundle so many minutes after the beginning, and the refusals of a caller, a segment of three. */
async function happen(caller: string, minutes = 0): Promise<void> {
  const recorder = recorderTo((json) => trail.append(json));
  recorder.clock.nowMs += minutes * 60_000;
  recorder.tell({ kind: 'bundle_refused', outcome: 'torn', findings: [] });
  recorder.tell({ kind: 'caller_refused', reason: 'identity', caller, listener: 'l' });
  await recorder.close();
}

const folded = { caller: 'edge', code: 'overloaded', policy: '', count: 4 };
const from = new Date(START_MS).toISOString();
const FOLDED = JSON.stringify({ version: 1, folded: { ...folded, from, to: from } });

it('lists each event in a line, across segments, with what the trail itself tells', async () => {
  await happen('edge');
  await trail.append(FOLDED);
  await trail.gap({ queue_full: 2 });
  const { code, stdout, stderr } = await run();
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
    [from, 'high', 'bundle_refused', expect.stringContaining('nothing is served')],
    [from, 'medium', 'caller_refused', 'a call of `edge` refused: nobody knows who asks'],
    [from, 'low', 'request_blocked', '4 blocked with overloaded'],
    [from, 'high', 'records_missing', 'records that are missing: 2'],
  ]);
});

it('writes OCSF as JSON lines, the same each time', async () => {
  await happen('edge');
  await trail.gap({ queue_full: 2 });
  const { stdout } = await run('--format', 'json');
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(events).toHaveLength(3);
  expect(events[2]).toMatchObject({ class_uid: 2004, metadata: { version: '1.5.0' }, count: 2 });
  expect((await run('--format', 'json')).stdout).toBe(stdout);
});

it('lists what meets all options', async () => {
  await happen('edge');
  await happen('edge', 5);
  await trail.append(FOLDED);
  const count = async (...options: readonly string[]): Promise<number> =>
    (await run(...options)).stdout.split('\n').length - 1;
  expect(await count('--kind', 'caller_refused')).toBe(2);
  expect(await count('--severity', 'medium')).toBe(4);
  expect(await count('--severity', 'high')).toBe(2);
  expect(await count('--severity', 'high', '--from', '2026-07-01T00:01:00Z')).toBe(1);
  expect(await count('--to', '2026-07-01T00:01:00Z')).toBe(3);
  expect(await count('--tenant', 'acme')).toBe(0);
});

it('takes no word that it does not know, and no directory without a trail', async () => {
  const kind = await run('--kind', 'request_blokked');
  expect([kind.code, kind.stderr]).toEqual([
    2,
    expect.stringContaining('did you mean `request_blocked`?'),
  ]);
  const severity = await run('--severity', 'zzz');
  expect(severity.stderr).toContain('use `informational`, `low`, `medium`, `high` or `critical`');
  expect((await run('--from', '2026-07-02', '--to', '2026-07-01')).code).toBe(2);
  const empty = await run();
  const report = await cli(['audit', 'report', '--records', directory]);
  expect([empty.code, empty.stderr]).toEqual([2, report.stderr]);
  expect(empty.stderr).toContain('holds no trail\nhelp: name the directory in which');
  const nowhere = await cli(['audit', 'events', '--records', join(directory, 'missing')]);
  expect([nowhere.code, nowhere.stderr]).toEqual([
    2,
    expect.stringContaining('cannot be read: there is no such file or directory'),
  ]);
  expect((await cli(['audit', 'events'])).stderr).toContain('a trail: `--records DIR`');
});

it('shows where the trail was changed, and does not end as if all were listed', async () => {
  await happen('edge');
  const file = join(directory, '000000000001.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"torn"', '"good"'));
  const changed = await run('--severity', 'critical');
  expect(changed.code).toBe(1);
  expect(changed.stdout).toContain('trail_damaged');
  expect(changed.stdout).toContain('line 1 (wrong_hash)');
  expect(changed.stderr).toBe('');
});

it('says once that the trail was changed where the options leave out the events of it', async () => {
  await happen('edge');
  const file = join(directory, '000000000001.jsonl');
  const lines = readFileSync(file, 'utf8');
  writeFileSync(file, lines.replace('"torn"', '"good"').replace('"edge"', '"else"'));
  for (const options of [
    ['--kind', 'policy_stale'],
    ['--from', '2026-07-02'],
    ['--tenant', 'a'],
  ]) {
    const { code, stdout, stderr } = await run(...options);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.match(/the trail is damaged/g)).toHaveLength(1);
    expect(stderr).toContain('`ambit audit verify` says it');
  }
});

it('says that there are records which it does not know', async () => {
  await trail.append('{"version":2}');
  await happen('edge');
  const { code, stdout, stderr } = await run();
  expect([code, stdout.split('\n').length]).toEqual([2, 3]);
  expect(stderr).toContain('a form that this version does not know');
});

it('lets no name act on a terminal or make a line', async () => {
  const event = { time: START_MS, message: 'a\u001b[2J\nb', severity: 'Medium', severity_id: 3 };
  const metadata = { uid: 'u\u001b]0;', event_code: 'k\u202e', tenant_uid: 't\n' };
  await trail.append(JSON.stringify({ version: 1, event: { ...event, metadata } }));
  const { stdout } = await run();
  expect(stdout).toContain('a\\u{1b}[2J\\u{a}b');
  expect(stdout.split('\n')).toHaveLength(2);
  const json = (await run('--format', 'json')).stdout;
  // eslint-disable-next-line no-control-regex -- The controls are what must not be there.
  expect(stdout + json).not.toMatch(/[\u001b\u202e]/);
  expect(json.split('\n')).toHaveLength(2);
});

describe('--follow', () => {
  /** Follows while one step after the other is taken, each of them before another look; then the process is to end. */
  function following(steps: readonly (() => Promise<void> | void)[]): FollowParts {
    let end: () => void = () => undefined;
    const interrupted = new Promise<void>((resolve) => (end = resolve));
    const left = [...steps];
    const pause = async (): Promise<void> => {
      const step = left.shift();
      await step?.();
      if (step === undefined) end();
      if (step === undefined) await new Promise(() => undefined);
    };
    return { interrupted, pause };
  }

  const follow = (steps: readonly (() => Promise<void> | void)[]): Promise<CliRun> =>
    cli(['audit', 'events', '--records', directory, '--follow', '--kind', 'caller_refused'], {
      follow: following(steps),
    });

  it('goes on as the trail grows, across segments, and shows each event once', async () => {
    const callers = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { code, stdout, stderr } = await follow(callers.map((caller) => () => happen(caller)));
    expect([code, stderr]).toEqual([0, '']);
    expect([...stdout.matchAll(/a call of `(\w)`/g)].map(([, caller]) => caller)).toEqual(callers);
  });

  it('waits for a line that is not whole yet', async () => {
    await happen('a');
    await happen('b');
    const file = join(directory, '000000000002.jsonl');
    const whole = readFileSync(file);
    let shown = '';
    const run = await cli(['audit', 'events', '--records', directory, '--follow'], {
      onOutput: (text) => (shown += text),
      follow: following([
        () => {
          writeFileSync(file, whole.subarray(0, whole.length - 20));
        },
        () => undefined,
        () => {
          expect(shown).not.toContain('trail_damaged');
          appendFileSync(file, whole.subarray(whole.length - 20));
        },
      ]),
    });
    expect(run.code).toBe(0);
    expect(run.stdout.match(/`b`/g)).toHaveLength(1);
    expect(run.stdout).not.toContain('trail_damaged');
  });

  it('shows a line that stays torn once others follow it', async () => {
    await happen('a');
    await happen('b');
    const file = join(directory, '000000000001.jsonl');
    writeFileSync(file, readFileSync(file).subarray(0, -20));
    const { stdout } = await cli(['audit', 'events', '--records', directory, '--follow'], {
      follow: following([]),
    });
    expect(stdout).toContain('line 3 (incomplete_line)');
  });
});
