import { createReloadLog } from '../../../src/pep/grpc/reload-log';
import { createLogger } from '../../../src/platform/logging';
import type { ReloadEvent } from '../../../src/service/reloader';
import { createBundleStore } from '../../../src/service/bundle-store';
import { CATALOG, POLICY } from '../../cli/support/files';
import type { MemoryFiles } from '../../cli/support/memory-reader';
import { createTestClock, loadFiles } from '../../service/support/world';

const STRICT = POLICY.replace(/name: \S+/, 'name: strict');
const ALL = { 'base.yaml': POLICY, 'catalog.yaml': CATALOG, 'strict.yaml': STRICT };
const WITHOUT_STRICT = { 'base.yaml': POLICY, 'catalog.yaml': CATALOG };
const WRONG = { ...ALL, 'strict.yaml': 'apiVersion: ambit/v1\nkind: Policy\n' };

type LogRecord = Readonly<Record<string, unknown>>;

/** The log of sources that are read one after another; `torn` stands for a reading that was not whole. */
async function logOf(...readings: readonly (MemoryFiles | 'torn')[]): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const output = {
    write: (line: string) => void records.push(JSON.parse(line) as LogRecord),
    flush: () => Promise.resolve(),
  };
  const store = createBundleStore({ clock: createTestClock() });
  const tell = createReloadLog(createLogger('info', output), store);
  for (const files of readings) {
    const loaded = await loadFiles(files === 'torn' ? ALL : files);
    const outcome: ReloadEvent['outcome'] = files === 'torn' ? 'torn' : store.offer(loaded);
    tell({ outcome, loaded });
  }
  return records;
}

const shown = (records: readonly LogRecord[]): readonly string[] =>
  records.map((record) => `${String(record['level'])}: ${String(record['msg'])}`);

const ACTIVATED = 'info: bundle activated';
const VALID_AGAIN = 'info: the sources are valid again; the bundle stays';

describe('the log of readings', () => {
  it('says once that a refused set is as it was, with the digest', async () => {
    const records = await logOf(ALL, WRONG, ALL, ALL);
    expect(shown(records)).toEqual([
      ACTIVATED,
      'error: the sources are refused; the last good bundle stays',
      VALID_AGAIN,
    ]);
    expect(records[2]).toMatchObject({ digest: records[0]?.['digest'], sequence: 1 });
  });

  it('says so after a set that kept changing', async () => {
    expect(shown(await logOf(ALL, 'torn', ALL))).toEqual([
      ACTIVATED,
      'warn: the sources keep changing while they are read; the last good bundle stays',
      VALID_AGAIN,
    ]);
  });

  it('says nothing of sources that are as they were', async () => {
    expect(shown(await logOf(ALL, ALL))).toEqual([ACTIVATED]);
  });

  it('warns of files that are gone, by name, and of none that came', async () => {
    const records = await logOf(ALL, WITHOUT_STRICT, ALL);
    expect(shown(records)).toEqual([
      ACTIVATED,
      'warn: bundle activated without files that the one before had',
      ACTIVATED,
    ]);
    expect(records[1]).toMatchObject({ files: 2, removed: ['strict.yaml'], removedCount: 1 });
  });

  it('compares with what was active, not with what was refused', async () => {
    const records = await logOf(ALL, { 'strict.yaml': 'x: 1' }, WITHOUT_STRICT);
    expect(records[2]).toMatchObject({ removed: ['strict.yaml'] });
  });
});
