import { toOpenMetrics } from '../../../src/platform/metrics/open-metrics';
import { parseMetrics, valueOf } from './support/parse-metrics';
import { metricsOf, decisionOf } from './support/state';

describe('OpenMetrics', () => {
  it('names counters without `_total` where it describes them, and only there', () => {
    const text = [
      '# HELP calls_total calls',
      '# TYPE calls_total counter',
      'calls_total{a="# TYPE calls_total counter"} 1',
      '',
      '# HELP handles_total handles',
      '# TYPE handles_total gauge',
      'handles_total Nan',
      '',
    ].join('\n');
    expect(toOpenMetrics(text)).toBe(
      [
        '# HELP calls calls',
        '# TYPE calls counter',
        'calls_total{a="# TYPE calls_total counter"} 1',
        '# HELP handles_total handles',
        '# TYPE handles_total gauge',
        'handles_total NaN',
        '# EOF',
        '',
      ].join('\n'),
    );
  });

  it('says the same as the older format, in any order of asking', async () => {
    const metrics = metricsOf();
    metrics.telemetry.decided({
      method: 'decide',
      caller: 'envoy',
      decision: decisionOf('block', { codes: ['claim_unknown'], eligible: 2 }),
      durationSeconds: 0.0002,
    });
    const before = parseMetrics(await metrics.render('prometheus'), 'text');
    const open = parseMetrics(await metrics.render('open_metrics'), 'open');
    const after = parseMetrics(await metrics.render('prometheus'), 'text');
    expect(after).toEqual(before);
    const samples = (families: typeof open) =>
      [...families.values()].flatMap((each) => each.samples);
    expect(samples(open)).toEqual(samples(before));
    expect([...open.keys()]).toEqual(
      [...before.values()].map(({ name, type }) =>
        type === 'counter' ? name.replace(/_total$/, '') : name,
      ),
    );
    expect(valueOf(open, 'ambit_blocks_total', { code: 'claim_unknown' })).toBe(1);
  });
});
