import { otlpAttribute, otlpResource } from '../../platform/otlp/attributes';
import type { SinkRecord } from '../../ports/record-sink';
import { factsOf } from './line-facts';

const INFO = { severityNumber: 9, severityText: 'INFO' } as const;

/** The text of an `ExportLogsServiceRequest` in OTLP's JSON, in which 64-bit numbers are strings. */
export function otlpRequest(
  batch: readonly SinkRecord[],
  resource: Readonly<Record<string, string>>,
): string {
  const scopeLogs = [{ scope: { name: 'ambit' }, logRecords: batch.map(logRecord) }];
  return JSON.stringify({ resourceLogs: [{ resource: otlpResource(resource), scopeLogs }] });
}

/** The same for the same record, whenever it is sent: the id is what receivers tell duplicates by. */
function logRecord({ id, sequence, json }: SinkRecord) {
  const { kind, timeMs } = factsOf(json);
  const timeUnixNano = String(BigInt(timeMs) * 1_000_000n);
  return {
    timeUnixNano,
    observedTimeUnixNano: timeUnixNano,
    ...INFO,
    eventName: `ambit.${kind}`,
    body: { stringValue: json },
    attributes: [
      otlpAttribute(['ambit.record.id', id]),
      otlpAttribute(['ambit.record.sequence', sequence]),
    ],
  };
}
