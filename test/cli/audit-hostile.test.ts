import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RecordedDecision } from '../../src/service/evidence/recorded-decision';
import { withdrawnJson } from '../../src/service/evidence/withdrawn';
import { linesFile } from '../../src/service/trail/file-names';
import { createFileReader } from '../../src/sources/files/file-reader';
import type { Source } from '../generators/source';
import { chance, seededSource } from '../generators/source';
import { runs, SEED, Spread } from '../laws/support/runs';
import { expectPrintable } from '../bad-input/support/printed';
import { cli, type CliRun } from './support/cli';
import { chained, forge, type ForgedLine } from './support/forged-trail';
import { hostileJson } from './support/hostile-json';
import { skeletonOf, tagsOf } from './support/page';
import {
  otherRecords,
  reportRecords,
  REPORT_FILES,
  writeReportTrail,
} from './support/report-trail';
import { trailDirectory, type TrailDirectory } from './support/trail-directory';

let place: TrailDirectory;

beforeEach(() => {
  place = trailDirectory();
});

afterEach(() => {
  place.remove();
});

function run(...args: readonly string[]): Promise<CliRun> {
  return cli(['audit', ...args], { reader: createFileReader() });
}

const COMMANDS = [
  ['report'],
  ['report', '--format', 'json'],
  ['report', '--format', 'html'],
  ['report', '--format', 'html', '--tenant', 'acme'],
  ['replay'],
  ['replay', '--format', 'json'],
  ['events'],
  ['events', '--format', 'json'],
] as const;

/** Every reader of a trail says what is there, with an exit code of its page, and never that Ambit has a defect. */
async function everyReader(note: (name: string) => void): Promise<void> {
  for (const [command, ...options] of COMMANDS) {
    const keys = command === 'report' ? [[], ['--key', place.key]] : [[]];
    for (const key of keys) {
      const { code, stdout, stderr } = await run(
        command,
        '--records',
        place.trail,
        ...options,
        ...key,
      );
      const name = [command, ...options, code].join(' ');
      note(name);
      expect([name, stderr.replace(/^the trail has records of a form [^\n]*\n$/, '')]).toEqual([
        name,
        '',
      ]);
      expectPrintable(stdout, 4_000_000);
      if (stdout.startsWith('<!doctype')) expectHarmless(stdout);
      if (command === 'report' && key.length > 0) expect(code).toBe(1);
    }
  }
  const { code, stdout } = await run('verify', place.trail, '--key', place.key);
  note(`verify ${String(code)}`);
  expect([1, 2]).toContain(code);
  expect(stdout).toMatch(code === 2 ? /\nnot proven: nothing is signed yet/ : /\nnot proven: \d/);
}

const NAMES = /^<(\/?[a-z][a-z0-9]*|!doctype html)[ />]/;

/** What is markup in a page is the page's own, whatever stands in the trail. */
function expectHarmless(page: string): void {
  const names = new Set(tagsOf(page).map(({ name }) => name));
  expect(
    ['script', 'img', 'iframe', 'a', 'object', 'embed', 'form'].filter((each) => names.has(each)),
  ).toEqual([]);
  const attributes = tagsOf(page).flatMap((tag) => [...tag.attributes.keys()]);
  expect(attributes.filter((name) => /^(?:src|href|style|on.*)$/.test(name))).toEqual([]);
  expect(skeletonOf(page).filter((tag) => !NAMES.test(tag))).toEqual([]);
}

function hostileLines(records: readonly object[], source: Source): readonly ForgedLine[] {
  const gap = { at: '2026-07-02T00:00:00.000Z', counts: { queue_full: 4, killed: null } };
  const [gapJson = '', ...others] = [gap, ...records].map((each) =>
    JSON.stringify(chance(source, 40) ? hostileJson(each, source) : each),
  );
  return [
    ...others.map((json): ForgedLine => ['record', json]),
    ['gap', gapJson],
    ['note', '{"__proto__":1}'],
  ];
}

describe('a trail that somebody without its key has written', () => {
  it('is told by every reader, as text that acts on nothing, and proven by none', async () => {
    const bundle = await place.store(REPORT_FILES);
    const withdrawn = {
      why: 'late',
      at: '2026-07-02T13:00:00.000Z',
      decisions: ['decision-1'],
    } as const;
    const records = [
      ...reportRecords(bundle),
      ...otherRecords(),
      JSON.parse(withdrawnJson(withdrawn)) as object,
    ];
    const spread = new Spread();
    for (let round = 0; round < runs(240); round += 1) {
      forge(place, hostileLines(records, seededSource(SEED + round)));
      await everyReader((name) => {
        spread.add(name);
      });
      for (const name of readdirSync(place.trail))
        if (name.endsWith('.jsonl')) rmSync(join(place.trail, name));
    }
    spread.expectAtLeast(
      5,
      'report 0',
      'report 1',
      'replay 0',
      'replay 1',
      'events 0',
      'events 2',
      'verify 2',
    );
  });
});

/** What the report of a trail says, with its key. */
async function reported(): Promise<{ readonly code: number; readonly report: unknown }> {
  const { code, stdout } = await run(
    'report',
    '--records',
    place.trail,
    '--key',
    place.key,
    '--format',
    'json',
  );
  return { code, report: JSON.parse(stdout) };
}

describe('lines that somebody has written behind the proof', () => {
  it('withdraw no decision that is proven', async () => {
    await writeReportTrail(place);
    const decisions = Array.from({ length: 5 }, (_, index) => `decision-${String(index + 1)}`);
    const json = withdrawnJson({ why: 'late', at: '2026-07-02T13:00:00.000Z', decisions });
    forge(place, [['record', json]]);
    expect(await reported()).toMatchObject({
      code: 0,
      report: {
        decisions: 5,
        withdrawn: 0,
        unproven: 0,
        proof: { proven: true, unsealedLines: 1 },
      },
    });
  });

  it('count as unproven, whatever number they give themselves', async () => {
    await writeReportTrail(place);
    const bundle = await place.store(REPORT_FILES);
    const [record = {}] = reportRecords(bundle);
    const link = { sequence: 2, previous: '0'.repeat(64) };
    writeFileSync(
      join(place.trail, linesFile(9)),
      chained(link, [['record', JSON.stringify(record)]]),
    );
    expect(await reported()).toMatchObject({
      code: 1,
      report: { decisions: 6, unproven: 1, proof: { proven: false } },
    });
  });

  it('of a time that no clock tells are counted as lines that nobody knows', async () => {
    const bundle = await place.store(REPORT_FILES);
    const [record = {}] = reportRecords(bundle);
    for (const at of ['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z']) {
      forge(place, [['record', JSON.stringify({ ...record, at })]]);
      const { code, report } = await reported();
      expect(code).toBe(1);
      expect(report).toMatchObject({ decisions: 0, unreadable: { unknown_record: 1 } });
      rmSync(join(place.trail, linesFile(1)));
    }
  });

  it('are decided again although they state that more was wrong than a list can hold', async () => {
    const bundle = await place.store(REPORT_FILES);
    const [record = {}] = reportRecords(bundle) as readonly { readonly request?: object }[];
    const request = { ...record.request, problems: 2 ** 53 - 1 };
    forge(place, [['record', JSON.stringify({ ...record, request })]]);
    const { code, stdout } = await run('replay', '--records', place.trail);
    expect(code).toBe(1);
    expect(stdout).toContain('error[differs]');
  });

  it('do not make the claims that have expired fewer by being many', async () => {
    const bundle = await place.store(REPORT_FILES);
    const [record] = reportRecords(bundle) as readonly RecordedDecision[];
    const [claim] = record?.claims ?? [];
    const [target] = record?.eligible ?? [];
    const lines = [0, 1, 2].map((part): ForgedLine => {
      const numbers = Array.from({ length: 4000 }, (_, index) => index);
      const claims = numbers.map((each) => ({ ...claim, evidence: String(4000 * part + each) }));
      return [
        'record',
        JSON.stringify({ ...record, claims, eligible: [{ ...target, reliedOn: numbers }] }),
      ];
    });
    forge(place, lines);
    const { stdout } = await run('report', '--records', place.trail);
    expect(stdout).toMatch(/\nclaims {5}at least \d+ expired, /);
  });
});
