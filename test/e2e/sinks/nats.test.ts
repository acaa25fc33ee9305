import { sinkFor } from '../../../src/audit/sinks/sink-for';
import { manage, NATS, startNats } from './nats';
import { recordsOf } from './records';
import { describeSink } from './suite';
import { useServer } from './use-rig';

const NEVER = new AbortController().signal;

describeSink(NATS);

describe('the stream of records', () => {
  const rig = useServer(startNats);
  const streams = (): Promise<readonly string[]> =>
    manage(rig().config, async (manager) => {
      const names: string[] = [];
      for await (const name of manager.streams.names()) names.push(name);
      return names;
    });

  it('is not made by who was not told to', async () => {
    const sink = sinkFor({ ...rig().config, createStream: false });
    await expect(sink.deliver(recordsOf(1, 2), NEVER)).rejects.toThrow(/./u);
    await sink.close();
    expect(await streams()).toEqual([]);
  });

  it('is the one that was named, and no other that takes the subject', async () => {
    const { config } = rig();
    const { subject } = config;
    await manage(config, ({ streams: all }) => all.add({ name: 'OTHER', subjects: [subject] }));
    const sink = sinkFor({ ...config, createStream: false });
    await expect(sink.deliver(recordsOf(1, 2), NEVER)).rejects.toThrow(/expected stream/u);
    await sink.close();
    const { state } = await manage(config, ({ streams: all }) => all.info('OTHER'));
    expect(state.messages).toBe(0);
  });
});
