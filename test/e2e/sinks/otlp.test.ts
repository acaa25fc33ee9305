import { sinkFor } from '../../../src/audit/sinks/sink-for';
import { OTLP, startOtlp } from './otlp';
import { recordOf } from './records';
import { describeSink } from './suite';
import { useServer } from './use-rig';

describeSink(OTLP);

describe('a log record', () => {
  const rig = useServer(startOtlp);

  it('is an event with the time, the id and the number of its record', async () => {
    const sink = sinkFor({ ...rig().config, resource: { 'service.instance.id': 'pod-1' } });
    await sink.deliver([recordOf(7)], new AbortController().signal);
    await sink.close();
    expect(rig().logs()).toEqual([
      {
        ...{ id: 't:7', sequence: 7, json: recordOf(7).json, event: 'ambit.record' },
        time: Date.UTC(2026, 1, 28, 23, 59, 7) * 1_000_000,
        resource: { 'service.name': 'ambit', 'service.instance.id': 'pod-1' },
      },
    ]);
  });
});
