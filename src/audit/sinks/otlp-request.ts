import type { SinkRecord } from '../../ports/record-sink';
import { factsOf } from './line-facts';

const INFO = { severityNumber: 9, severityText: 'INFO' } as const;

/** The text of an `ExportLogsServiceRequest` in OTLP's JSON, in which 64-bit numbers are strings. */
export function otlpRequest(
  batch: readonly SinkRecord[],
  resource: Readonly<Record<string, string>>,
): string {
  const attributes = Object.entries({ 'service.name': 'ambit', ...resource }).map(textAttribute);
  const scopeLogs = [{ scope: { name: 'ambit' }, logRecords: batch.map(logRecord) }];
  return JSON.stringify({ resourceLogs: [{ resource: { attributes }, scopeLogs }] });
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
      textAttribute(['ambit.record.id', id]),
      { key: 'ambit.record.sequence', value: { intValue: String(sequence) } },
    ],
  };
}

function textAttribute([key, stringValue]: readonly [string, string]) {
  return { key, value: { stringValue } };
}

/**
 * Why an answer of status 200 does not say that everything was taken; undefined: it does. An answer that cannot be read
 * says nothing.
 */
export function problemInAnswer(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const answer = parse(text);
  if (typeof answer !== 'object' || answer === null)
    return 'it answered with what is no answer of OTLP in JSON';
  const { partialSuccess } = answer as { readonly partialSuccess?: PartialSuccess | null };
  const rejected = Number(partialSuccess?.rejectedLogRecords ?? 0);
  if (rejected === 0) return undefined;
  const { errorMessage } = partialSuccess ?? {};
  const reason = typeof errorMessage === 'string' ? errorMessage : 'it does not say why';
  return `it rejected ${String(rejected)} of the records: ${reason}`;
}

interface PartialSuccess {
  readonly rejectedLogRecords?: unknown;
  readonly errorMessage?: unknown;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
