import { sinkFor } from '../../../src/audit/sinks/sink-for';
import { ask, POSTGRES, startPostgres } from './postgres';
import { recordOf, recordsOf } from './records';
import { describeSink } from './suite';
import { useServer } from './use-rig';

const NEVER = new AbortController().signal;

describeSink(POSTGRES);

describe('the table of records', () => {
  const rig = useServer(startPostgres);
  const configFor = (table: string) => ({ ...rig().config, table });
  const partitionsOf = async (table: string): Promise<readonly string[]> => {
    const sql = `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${table}'::regclass ORDER BY 1`;
    return (await ask<{ readonly name: string }>(rig().config, sql)).map(({ name }) => name);
  };

  it('has a partition for each day or month of the records', async () => {
    const days = sinkFor(configFor('by_day'));
    const months = sinkFor({ ...configFor('by_month'), partition: 'month' });
    for (const sink of [days, months]) {
      await sink.deliver([...recordsOf(1, 100), { sequence: 101, id: 't:101', json: '{}' }], NEVER);
      await sink.close();
    }
    expect(await partitionsOf('by_day')).toEqual([
      'by_day_1970_01_01',
      'by_day_2026_02_28',
      'by_day_2026_03_01',
    ]);
    expect(await partitionsOf('by_month')).toEqual([
      'by_month_1970_01',
      'by_month_2026_02',
      'by_month_2026_03',
    ]);
  });

  it('is made once by many that come at the same time', async () => {
    const sinks = [1, 2, 3, 4, 5, 6].map(() => sinkFor(configFor('raced')));
    const each = sinks.map((sink, index) =>
      sink.deliver(
        recordsOf(1, 90).map((record) => ({ ...record, id: `${String(index)}:${record.id}` })),
        NEVER,
      ),
    );
    await Promise.all(each);
    for (const sink of sinks) await sink.close();
    const [count] = await ask(rig().config, 'SELECT count(*)::int AS n FROM raced');
    expect(count).toEqual({ n: 540 });
    const migrations = await ask(rig().config, 'SELECT version FROM raced_migrations');
    expect(migrations).toEqual([{ version: 1 }]);
  });

  it('gets back a partition that was dropped while the sink was connected', async () => {
    const sink = sinkFor(configFor('pruned'));
    await sink.deliver([recordOf(1)], NEVER);
    await ask(rig().config, 'DROP TABLE pruned_2026_02_28');
    await expect(sink.deliver([recordOf(2)], NEVER)).rejects.toThrow('no partition of relation');
    await sink.deliver([recordOf(2)], NEVER);
    await sink.close();
    expect(await ask(rig().config, 'SELECT id FROM pruned')).toEqual([{ id: 't:2' }]);
  });

  it('is written by who may only add rows, once everything is there', async () => {
    const owner = sinkFor(configFor('shared'));
    await owner.deliver([recordOf(1)], NEVER);
    await owner.close();
    await ask(rig().config, "CREATE ROLE adder LOGIN PASSWORD 'add'");
    await ask(rig().config, 'GRANT INSERT ON shared TO adder');
    await ask(rig().config, 'GRANT SELECT ON shared_migrations TO adder');
    const adder = sinkFor({ ...configFor('shared'), user: 'adder', password: 'add' });
    await adder.deliver(recordsOf(1, 2), NEVER);
    await adder.close();
    const rows = await ask(rig().config, 'SELECT id FROM shared ORDER BY sequence');
    expect(rows).toEqual([{ id: 't:1' }, { id: 't:2' }]);
  });

  it('is left alone where a newer version made it', async () => {
    const config = configFor('newer');
    const first = sinkFor(config);
    await first.deliver([recordOf(1)], NEVER);
    await ask(rig().config, 'INSERT INTO newer_migrations (version) VALUES (99)');
    await first.close();
    const second = sinkFor(config);
    await expect(second.deliver([recordOf(2)], NEVER)).rejects.toThrow('a newer Ambit made it');
    await second.close();
    expect(await ask(rig().config, 'SELECT id FROM newer')).toEqual([{ id: 't:1' }]);
  });
});
