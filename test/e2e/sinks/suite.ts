import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createFileCursors } from '../../../src/audit/sinks/file-cursors';
import { sinkFor } from '../../../src/audit/sinks/sink-for';
import { processTimers } from '../../../src/platform/timers';
import type { RecordSink, SinkRecord } from '../../../src/ports/record-sink';
import { startSinkFeed } from '../../../src/service/sinks/sink-feed';
import { createMemorySource, createReports } from '../../service/sinks/simulation';
import { until } from '../support/wait';
import { recordOf, recordsOf } from './records';
import { SECRET, withoutRepeats } from './rig';
import type { ArrivedRecord, SinkRig, TestedSink } from './rig';

const arrived = (records: readonly SinkRecord[]): readonly ArrivedRecord[] =>
  records.map(({ id, json }) => ({ id, json }));

const NEVER = new AbortController().signal;

/** What every sink promises, with its real server. */
export function describeSink(tested: TestedSink): void {
  describe(`the sink ${tested.name}`, () => {
    let directory: string;
    let place: string;
    let rig: SinkRig;
    const sinks: RecordSink[] = [];
    const open = (config = rig.config): RecordSink => {
      const sink = sinkFor(config);
      sinks.push(sink);
      return sink;
    };

    beforeEach(async () => {
      directory = mkdtempSync(join(tmpdir(), 'ambit-sink-'));
      // A directory of its own: some servers run as another user.
      place = mkdtempSync(join(tmpdir(), 'ambit-server-'));
      rig = await tested.start(place);
    });

    afterEach(async () => {
      for (const sink of sinks.splice(0)) await sink.close();
      await rig.stop();
      for (const each of [directory, place]) rmSync(each, { recursive: true });
    });

    it('delivers everything in order, byte by byte', async () => {
      const sink = open();
      await sink.deliver(recordsOf(1, 100), NEVER);
      await sink.deliver(recordsOf(101, 101), NEVER);
      await sink.deliver(recordsOf(102, 250), NEVER);
      expect(await rig.received()).toEqual(arrived(recordsOf(1, 250)));
    });

    it('shows by their ids what was sent again', async () => {
      await open().deliver(recordsOf(1, 20), NEVER);
      const later = open();
      await later.deliver(recordsOf(1, 20), NEVER);
      await later.deliver(recordsOf(15, 30), NEVER);
      const received = await rig.received();
      expect(withoutRepeats(received)).toEqual(arrived(recordsOf(1, 30)));
      expect(received).toHaveLength(tested.deduplicates ? 30 : 56);
    });

    it('gives a delivery up when it is told to, with a server that stands still, and goes on', async () => {
      const sink = open();
      await sink.deliver(recordsOf(1, 5), NEVER);
      rig.server.signal('SIGSTOP');
      const controller = new AbortController();
      // More than any buffer on the way holds.
      const large = Array.from({ length: 400 }, (_, index) => largeRecord(6 + index));
      const delivery = sink.deliver(large, controller.signal);
      setImmediate(() => {
        controller.abort();
      });
      await expect(delivery).rejects.toThrow('given up');
      rig.server.signal('SIGCONT');
      await sink.deliver(large, NEVER);
      expect(withoutRepeats(await rig.received())).toEqual(arrived([...recordsOf(1, 5), ...large]));
    });

    it('ends a delivery when it closes, and delivers nothing afterwards', async () => {
      const sink = open();
      await sink.deliver(recordsOf(1, 5), NEVER);
      rig.server.signal('SIGSTOP');
      const large = Array.from({ length: 400 }, (_, index) => largeRecord(6 + index));
      const delivery = sink.deliver(large, NEVER);
      const closed = sink.close();
      await expect(delivery).rejects.toThrow('given up');
      await closed;
      rig.server.signal('SIGCONT');
      await expect(sink.deliver(recordsOf(900, 900), NEVER)).rejects.toThrow('given up');
      await open().deliver(large, NEVER);
      expect(withoutRepeats(await rig.received())).toEqual(arrived([...recordsOf(1, 5), ...large]));
    });

    if (tested.survivesCrash) {
      it('catches up in full after an outage, with a process that ends in it', async () => {
        const source = createMemorySource();
        const reports = createReports();
        const cursors = createFileCursors({ directory, trail: 't' });
        const parts = { source, cursors, reports, timers: processTimers, random: () => 0.5 };
        const start = () => startSinkFeed({ ...parts, sink: open(), limits: { drainMs: 100 } });
        const append = (count: number): void => {
          source.append(...Array.from({ length: count }, () => 'x'.repeat(200)));
        };
        let feed = start();
        append(700);
        await until('some to be delivered', () => (feed.state().sequence > 0 ? true : undefined));
        append(900);
        await rig.server.kill();
        append(900);
        // Its waits make up more than 5 s.
        await until('the outage', () => (reports.failures.length >= 6 ? true : undefined));
        await feed.close();
        feed = start();
        append(10);
        await rig.server.start();
        await until('all of it', () => (feed.state().lag === 0 ? true : undefined));
        expect(feed.state()).toEqual({ sink: tested.name, sequence: 2_510, lag: 0 });
        await feed.close();
        const expected = arrived(await source.readFrom(1, source.head));
        expect(withoutRepeats(await rig.received())).toEqual(expected);
        expect(reports.failures.map(({ problem }) => problem).join('\n')).not.toContain(SECRET);
      });

      it('says that a server is not there, without a secret, and delivers once it is', async () => {
        await rig.server.kill();
        const sink = open();
        const message = await failure(sink);
        expect(message).toMatch(/ECONNREFUSED|refused/u);
        expectNoSecret(message, SECRET);
        await rig.server.start();
        await sink.deliver(recordsOf(1, 3), NEVER);
        expect(await rig.received()).toEqual(arrived(recordsOf(1, 3)));
      });
    }

    const { withSecret, refusal } = tested;
    if (withSecret !== undefined && refusal !== undefined) {
      it('says that it was not let in, without what it showed', async () => {
        const wrong = 'wr/ong s3cret:%&+';
        const message = await failure(open(withSecret(rig.config, wrong)));
        expect(message).toMatch(refusal);
        expectNoSecret(message, wrong);
        await open().deliver(recordsOf(1, 3), NEVER);
        expect(await rig.received()).toEqual(arrived(recordsOf(1, 3)));
      });
    }
  });
}

function largeRecord(sequence: number): SinkRecord {
  const { id, json } = recordOf(sequence);
  return { sequence, id, json: json.replace('{', `{"large":"${'x'.repeat(4_000)}",`) };
}

async function failure(sink: RecordSink): Promise<string> {
  try {
    await sink.deliver(recordsOf(1, 3), NEVER);
  } catch (error) {
    // Everything of it, since a log may show more than its message.
    if (error instanceof Error)
      return `${error.message} ${String(error.stack)} ${JSON.stringify(error)}`;
  }
  throw new Error('the delivery did not fail as one does');
}

function expectNoSecret(message: string, secret: string): void {
  const [scheme = ''] = secret.split(' ');
  for (const form of [secret, encodeURIComponent(secret), scheme])
    expect(message).not.toContain(form);
}
