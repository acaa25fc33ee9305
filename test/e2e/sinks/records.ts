import type { SinkRecord } from '../../../src/ports/record-sink';

/** Texts that pipes, encodings and databases are known to change. */
const ODD_TEXTS = ['ü 語 🙂', 'a\u0000b', '\ud800', '\\ \' " {} , ;\n\t', '1e400', ''];

/** Lines with records of two days, so that they go to more than one partition. */
export function recordOf(sequence: number): SinkRecord {
  const at = new Date(Date.UTC(2026, 1, 28, 23, 59, 0) + sequence * 1_000).toISOString();
  const text = ODD_TEXTS[sequence % ODD_TEXTS.length];
  const record = { at, n: sequence, text };
  const json = JSON.stringify({ seq: sequence, prev: '', kind: 'record', record, hash: '' });
  return { sequence, id: `t:${String(sequence)}`, json };
}

export const recordsOf = (first: number, last: number): readonly SinkRecord[] =>
  Array.from({ length: last - first + 1 }, (_, index) => recordOf(first + index));
