import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADAPTERS } from './adapters';
import { readChoices, type Choice } from './choices';
import { runVectors, type VectorReport } from './run-vectors';
import { needsChoice, readVectorFiles, type Vector, type VectorFile } from './vector';

const FOLDER = join(__dirname, '../fixtures/vectors');
const FILES = readVectorFiles(FOLDER);

function run(files: readonly VectorFile[], choices = readChoices()): VectorReport {
  return runVectors(files, { adapters: ADAPTERS, choices });
}

/** The files with one vector replaced. */
function withVector(id: string, change: (vector: Vector) => Vector): readonly VectorFile[] {
  return FILES.map((file) => ({
    ...file,
    vectors: file.vectors.map((vector) => (vector.id === id ? change(vector) : vector)),
  }));
}

function withChoice(id: string, change: (choice: Choice) => Choice): ReadonlyMap<string, Choice> {
  return new Map([...readChoices()].map(([key, row]) => [key, key === id ? change(row) : row]));
}

describe('the vectors', () => {
  it('all pass', () => {
    const report = run(FILES);
    expect(report.lines).toEqual([expect.stringMatching(/^\d+ passed, 0 failed, 0 skipped$/)]);
    expect(report.passed).toBeGreaterThanOrEqual(18);
  });

  it('have a choice exactly where one is needed', () => {
    const needing = FILES.flatMap(({ vectors }) => vectors).filter(needsChoice);
    expect([...readChoices().keys()].sort()).toEqual(needing.map(({ id }) => id).sort());
    expect([...readChoices().values()].filter(({ why }) => why.length < 20)).toEqual([]);
  });

  it('of a product without an adapter are skipped by name', () => {
    const [file] = FILES;
    if (file === undefined) throw new Error('no vectors');
    const report = run([{ ...file, product: 'other' }]);
    expect(report).toMatchObject({ passed: 0, failed: 0, skipped: file.vectors.length });
    expect(report.lines[0]).toContain('skipped other');
  });
});

describe('a vector fails', () => {
  const expecting =
    (change: object) =>
    (vector: Vector): Vector => ({ ...vector, expect: { ...vector.expect, ...change } });

  it.each([
    ['kt-007', { eligible: ['u', 'w'] }],
    ['kt-008', { eligible: ['c', 'a'] }],
    ['kt-005', { blocked: { t: ['zero_retention'] } }],
    ['kt-004', { logged_warning: false }],
    ['kt-004', { proceeds: false }],
    ['kt-006', { http_status: 409 }],
    ['kt-006', { error_code: 'other' }],
    ['kt-006', { config_error: true }],
    ['kt-017', { must_not_use: ['local-zdr'] }],
    ['kt-006', { something_new: true }],
  ])('%s with the expectation %j', (id, change) => {
    const report = run(withVector(id, expecting(change)));
    expect(report.failed).toBe(1);
    expect(report.lines[0]).toMatch(new RegExp(`^failed ${id}: .*expected .*, got `));
  });

  it('with a changed input', () => {
    const report = run(
      withVector('kt-014', (vector) => ({
        ...vector,
        input: { policy: {}, targets: vector.input['targets'] },
      })),
    );
    expect(report.failed).toBe(1);
  });

  it('with an input that the adapter does not know', () => {
    const files = withVector('kt-006', (vector) => ({
      ...vector,
      input: { ...vector.input, region: 'eu' },
    }));
    expect(run(files).lines[0]).toBe('failed kt-006: the adapter does not know `region`');
  });

  it('without the choice that it needs', () => {
    const choices = new Map([...readChoices()].filter(([id]) => id !== 'kt-009'));
    expect(run(FILES, choices).lines[0]).toMatch(/^failed kt-009: choice/);
  });

  it('where we do not do what the choice says', () => {
    const choices = withChoice('kt-002', (row) => ({ ...row, answer: { http_status: 409 } }));
    expect(run(FILES, choices).lines[0]).toMatch(/^failed kt-002: http_status/);
  });

  it('where the choice lets more through than the fail-closed side', () => {
    const open = (vector: Vector): Vector => ({ ...vector, expect: { eligible: [] } });
    expect(run(withVector('kt-012', open)).lines[0]).toMatch(/^failed kt-012: fail-closed side/);
  });

  it('where a hazard is reproduced', () => {
    const hazard = (vector: Vector): Vector => ({
      ...vector,
      note: 'HAZARD',
      expect: { eligible: ['t'] },
    });
    expect(run(withVector('kt-012', hazard)).lines[0]).toMatch(/^failed kt-012: hazard/);
  });
});

describe('npm run vectors', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ambit-vectors-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const launch = (...folders: readonly string[]): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, [join(__dirname, 'run.cjs'), ...folders], { encoding: 'utf8' });

  it('prints the counts and exits with 0', () => {
    const { status, stdout } = launch(FOLDER);
    expect(stdout).toMatch(/\d+ passed, 0 failed, 0 skipped\n$/);
    expect(status).toBe(0);
  });

  it('exits with 1 if a vector fails, and names it', () => {
    const files = withVector('kt-008', (vector) => ({ ...vector, expect: { eligible: [] } }));
    files.forEach((file) => {
      writeFileSync(join(folder, `${file.product}.json`), JSON.stringify(file));
    });
    const { status, stdout } = launch(folder);
    expect(stdout).toMatch(
      /^failed kt-008: eligible: expected \[\], got \["a","c"\]\n\d+ passed, 1 failed/,
    );
    expect(status).toBe(1);
  });

  it('exits with 2 if there is nothing to run', () => {
    expect(launch().status).toBe(2);
    expect(launch(FOLDER, join(folder, 'missing')).status).toBe(2);
    expect(launch(folder).status).toBe(2);
  });
});
