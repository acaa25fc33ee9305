import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createFileReader } from '../../src/sources/files/file-reader';
import { seededSource } from '../generators/source';
import { CASES } from '../laws/support/decisions';
import { SEED } from '../laws/support/runs';
import { complaintsOf, REPORT } from '../schema/support/validators';
import { canaries } from '../service/evidence/support/canaries';
import { PLACES } from '../service/evidence/support/places';
import { bundleOf, recordOf } from '../service/evidence/support/record-of';
import { cli, type CliRun } from './support/cli';
import { skeletonOf, tagsOf, textsIn } from './support/page';
import { reportRecords, REPORT_FILES, writeReportTrail } from './support/report-trail';
import { trailDirectory, type TrailDirectory } from './support/trail-directory';

const FORMATS = ['text', 'json', 'html'] as const;

interface Proof {
  readonly head: string;
  readonly last: { readonly sequence: number; readonly hash: string };
}

let place: TrailDirectory;

function run(...args: readonly string[]): Promise<CliRun> {
  const records = ['--records', place.trail];
  return cli(['audit', 'report', ...records, ...args], { reader: createFileReader() });
}

/** The report for programs, which is valid under its schema whatever is asked for. */
async function jsonOf(...args: readonly string[]): Promise<unknown> {
  const report: unknown = JSON.parse((await run('--format', 'json', ...args)).stdout);
  expect(complaintsOf(REPORT, report)).toEqual([]);
  return report;
}

beforeEach(() => {
  place = trailDirectory();
});

afterEach(() => {
  place.remove();
});

describe('ambit audit report', () => {
  it('sums up what was decided, why, and on which claims it rests', async () => {
    await writeReportTrail(place);
    expect(await jsonOf('--key', place.key)).toMatchObject({
      kind: 'AuditReport',
      period: { first: '2026-07-01T00:00:00.000Z', last: '2026-07-02T12:00:00.000Z' },
      proof: { checked: true, proven: true, sealedTo: { sequence: 8 } },
      ...{ decisions: 5, allow: 2, warn: 1, block: 2, unproven: 0, notReplayable: 0 },
      tenants: {
        listed: [
          { tenant: 'acme', decisions: 3, allow: 2, warn: 1, block: 0 },
          { tenant: 'globex', decisions: 2, allow: 0, warn: 0, block: 2 },
        ],
        others: { groups: 0 },
      },
      providers: {
        listed: [
          { provider: 'good', verdicts: 3, eligible: 2, blocked: 1 },
          { provider: 'keeps', verdicts: 3, eligible: 0, blocked: 3 },
          { provider: 'lenient', verdicts: 1, eligible: 1, blocked: 0 },
        ],
      },
      blocks: { listed: [{ code: 'no_compliant_provider', policy: 'base', decisions: 2 }] },
      folded: { count: 250, listed: [{ caller: 'edge', policy: 'base', count: 250 }] },
      gaps: {
        count: 5,
        listed: [
          { reason: 'queue_full', count: 4 },
          { reason: 'not_written', count: 1 },
        ],
      },
      events: { listed: [{ kind: 'caller_refused', severity: 'High', count: 3 }] },
      bundles: { listed: [{ decisions: 5, first: '2026-07-01T00:00:00.000Z' }] },
    });
  });

  it('flags claims that have expired or expire soon after the end, those first', async () => {
    await writeReportTrail(place);
    expect(await jsonOf()).toMatchObject({
      claims: {
        states: { expired: 1, soon: 1, valid: 3 },
        listed: [
          { state: 'expired', name: 'retention_days', value: 0, decisions: 2 },
          { state: 'soon', name: 'training_opt_out', evidence: 'contract 4711', decisions: 2 },
          { state: 'valid', name: 'gdpr', checkedAt: '2026-01-15T00:00:00.000Z', decisions: 2 },
          { state: 'valid', decisions: 1, source: { file: 'catalog.yaml' } },
          { state: 'valid', decisions: 1 },
        ],
      },
    });
    const early = await jsonOf('--to', '2026-07-02');
    expect(early).toMatchObject({ decisions: 3, claims: { states: { expired: 0, soon: 2 } } });
  });

  it('has a form of which nothing may be missing, and to which nothing is added', async () => {
    await writeReportTrail(place);
    const report = (await jsonOf('--key', place.key)) as Readonly<Record<string, unknown>>;
    const needed = Object.keys(report).filter((key) => {
      const { [key]: gone, ...rest } = report;
      return gone !== undefined && complaintsOf(REPORT, rest).length > 0;
    });
    expect(needed).toEqual(Object.keys(report).filter((key) => key !== 'unproven'));
    expect(complaintsOf(REPORT, { ...report, more: 1 })).not.toEqual([]);
    expect(complaintsOf(REPORT, { ...report, proof: { checked: true } })).not.toEqual([]);
  });

  it('reports on one tenant, and names nothing of others', async () => {
    await writeReportTrail(place);
    const report = await jsonOf('--tenant', 'acme');
    expect(report).toMatchObject({
      ...{ tenant: 'acme', decisions: 3, allow: 2, warn: 1, block: 0 },
      folded: { count: 250, listed: [{ caller: '', policy: '', code: 'claim_contrary' }] },
    });
    const { stdout } = await run('--tenant', 'acme');
    expect(stdout).not.toContain('globex');
    expect(stdout).toContain('of all tenants');
    expect(stdout).not.toContain('no decision is of that');
  });

  it.each([
    ['--tenant', 'acmee'],
    ['--from', '2030-01-01'],
    ['--to', '2020-01-01'],
  ])('says where to look if no decision is of %s %s', async (...options) => {
    await writeReportTrail(place);
    const { code, stdout } = await run(...options);
    expect(code).toBe(0);
    expect(stdout).toContain('help: no decision is of that time and tenant: see that `--from`');
  });

  it('says how far the trail is proven, and that it is not where it is not', async () => {
    await writeReportTrail(place);
    const unkeyed = await run();
    expect(unkeyed.code).toBe(0);
    expect(unkeyed.stdout).toContain('proof      not verified: no key was given\n');
    const proven = await run('--key', place.key);
    expect(proven.code).toBe(0);
    expect(proven.stdout).toContain('proof      in order and signed to line 8, 0 lines not signed');
    const file = join(place.trail, '000000000001.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"acme"', '"acne"'));
    for (const args of [[], ['--key', place.key]]) {
      const changed = await run(...args);
      expect(changed.code).toBe(1);
      expect(changed.stdout).toMatch(/(?:not proven|not whole): [^\n]*\n$/);
    }
    const json = await jsonOf('--key', place.key);
    expect(json).toMatchObject({ proof: { proven: false }, unreadable: { wrong_hash: 1 } });
  });

  it('misses what was cut off at the end, where it is told how far the trail had come', async () => {
    await writeReportTrail(place);
    const { proof } = (await jsonOf('--key', place.key)) as { readonly proof: Proof };
    const head = `${String(proof.last.sequence)}:${proof.last.hash}`;
    expect(proof.head).toBe('not_given');
    const whole = await run('--key', place.key, '--head', head);
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain('; the line of the head is there\n');
    // What a process that was killed might have left: nothing but the head tells.
    const segments = readdirSync(place.trail).filter((name) => name.endsWith('.jsonl'));
    const file = join(place.trail, segments.sort().at(-1) ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\n]*\n$/, ''));
    rmSync(file.replace('.jsonl', '.seal.json'));
    const unheld = await run('--key', place.key);
    expect(unheld.code).toBe(0);
    expect(unheld.stdout).toContain('; no head was given, so that a cut');
    for (const format of FORMATS) {
      const cut = await run('--key', place.key, '--head', head, '--format', format);
      expect([format, cut.code]).toEqual([format, 1]);
      expect(cut.stdout).toMatch(/THE LINE OF THE HEAD IS NOT THERE|"code": ?"head_missing"/);
    }
    expect(await jsonOf('--key', place.key, '--head', head)).toMatchObject({
      proof: { proven: false, head: 'wrong', findings: [{ code: 'head_missing' }] },
    });
  });

  it('has as much for people as it has for programs', async () => {
    await writeReportTrail(place);
    const { stdout } = await run('--key', place.key);
    for (const line of [
      'decisions  5: 2 allow, 1 warn, 2 block',
      'missing    5 records, and 250 blocks folded',
      'claims     1 expired, 1 expire within 30 days of the end',
    ]) {
      expect(stdout).toContain(`${line}\n`);
    }
    expect(stdout).toMatch(/Claims: [^]*\n {2}expired +retention_days: 0 +declared +catalog\.yaml/);
    expect(stdout).toMatch(/Security events: [^]*\n {2}caller_refused +High +3\n/);
  });

  it.each([
    [['--key', '/nowhere.pem'], 'is no key'],
    [['--head', '8:x'], 'is no head'],
    [['--head', `8:${'0'.repeat(64)}`], 'says nothing without `--key`'],
    [['--from', '2026-02-01', '--to', '2026-01-01'], 'is not before'],
    [['--format', 'pdf'], 'pdf'],
  ])('refuses %j', async (args, problem) => {
    await writeReportTrail(place);
    const wrong = await run(...args);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain(problem);
  });
});

describe('the page of a report', () => {
  it('runs and loads nothing, and says the same to those who do not see it', async () => {
    await writeReportTrail(place);
    const { stdout } = await run('--format', 'html', '--key', place.key);
    const tags = tagsOf(stdout);
    const names = tags.map(({ name }) => name);
    expect(names).not.toContain('script');
    expect(names.filter((name) => name === 'svg')).toHaveLength(3);
    const attributes = tags.flatMap((tag) => [...tag.attributes.keys()]);
    expect(attributes.filter((name) => /^(?:src|href|style|on.*)$/.test(name))).toEqual([]);
    expect(stdout).not.toMatch(/url\(|@import|https?:/);
    const ids = tags.flatMap(({ attributes: each }) => each.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const tag of tags.filter(({ name }) => name === 'svg')) {
      const labels = tag.attributes.get('aria-labelledby')?.split(' ') ?? [];
      expect(ids).toEqual(expect.arrayContaining(labels));
      expect(labels).toHaveLength(2);
    }
    expect(textsIn(stdout, 'figcaption')).toHaveLength(3);
  });
});

/** Names that a browser or a terminal would act on. */
const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&\u001b[2J\u202e\n';

describe('what others wrote', () => {
  /** The records with something hostile in place of every name. */
  const poisoned = (record: object): object =>
    JSON.parse(
      JSON.stringify(record, (key, value: unknown) =>
        typeof value === 'string' && /^(?:provider|code|policy|tenant|evidence|file)$/.test(key)
          ? value + HOSTILE
          : value,
      ),
    ) as object;

  it('is text in every form of a report', async () => {
    const records = reportRecords(await place.store(REPORT_FILES));
    await place.append(...records);
    const plain = (await run('--format', 'html')).stdout;
    place.remove();
    place = trailDirectory();
    await place.append(...records.map(poisoned));
    const page = (await run('--format', 'html')).stdout;
    expect(skeletonOf(page)).toEqual(skeletonOf(plain));
    expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
    for (const format of FORMATS) {
      const { stdout } = await run('--format', format);
      for (const unsafe of ['\u001b', '\u202e']) expect(stdout).not.toContain(unsafe);
    }
    expect((await run()).stdout).toContain('\\u{1b}[2J\\u{202e}\\u{a}');
  });

  it('and is in no record, is in no report', async () => {
    const source = seededSource(SEED);
    const planted = PLACES.flatMap(({ put }) => {
      const one = CASES(source);
      return canaries(source).flatMap((canary) => {
        const request = put(one.request, canary.text);
        return request === undefined ? [] : [{ canary, bundle: bundleOf(one), request }];
      });
    });
    expect(planted.length).toBeGreaterThan(200);
    await place.append(...planted.map((each) => recordOf(each)));
    for (const format of FORMATS) {
      const stdout = (await run('--format', format)).stdout.toLowerCase();
      expect(stdout).toContain('decisions');
      const held = planted.filter(({ canary: { mark } }) => stdout.includes(mark.toLowerCase()));
      expect(held.map(({ canary }) => canary.kind)).toEqual([]);
    }
  });
});
