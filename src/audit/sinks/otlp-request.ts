import { otlpAttribute, otlpResource } from '../../platform/otlp/attributes';
import type { SinkRecord } from '../../ports/record-sink';
import { recordTimeMs } from './record-time';

const INFO = { severityNumber: 9, severityText: 'INFO' } as const;

/** The event that a record of a decision is. */
const EVENT_NAME = 'ambit.decision';

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
  const timeUnixNano = String(BigInt(recordTimeMs(json)) * 1_000_000n);
  return {
    timeUnixNano,
    observedTimeUnixNano: timeUnixNano,
    ...INFO,
    eventName: EVENT_NAME,
    body: { stringValue: json },
    attributes: [
      otlpAttribute(['ambit.record.id', id]),
      otlpAttribute(['ambit.record.sequence', sequence]),
    ],
  };
}
