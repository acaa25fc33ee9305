import type { Outcome } from '../../core/model/decision';
import type { DecisionRecord, DecisionRecords, RecordReading } from '../../ports/decision-records';
import type { FileLines, LogLine } from '../../ports/log-lines';
import { OUTCOMES } from '../../ports/telemetry';
import { isDecisionId } from './decision-id';
import { instantIn, readLineObject, textsIn } from './json-line';
import type { LineObject } from './json-line';

/** The records among the lines that `ambit serve` writes. Its other lines are passed over; nothing else is. */
export function recordsInLog(log: AsyncIterable<FileLines>): DecisionRecords {
  return { read: () => readAll(log) };
}

async function* readAll(
  log: AsyncIterable<FileLines>,
): AsyncGenerator<readonly RecordReading[], void, undefined> {
  for await (const { file, lines } of log) {
    yield lines.flatMap((line) => {
      const reading = readLine(line);
      return reading === undefined ? [] : { place: { file, line: line.number }, ...reading };
    });
  }
}

type Reading = { readonly record: DecisionRecord } | { readonly problem: string };

/** Undefined: a line of Ambit that records no decision. */
function readLine(line: LogLine): Reading | undefined {
  if ('problem' in line) return line;
  const read = readLineObject(line.text);
  if ('problem' in read) return read;
  const { service, msg } = read.object;
  if (service !== 'ambit' || typeof msg !== 'string') return { problem: otherLine(read.object) };
  return msg === 'decision' ? readRecord(read.object) : undefined;
}

/** A trail is what whoever reconciles is likely to have, too. */
function otherLine({ seq, prev, hash }: LineObject): string {
  const isOfTrail = typeof seq === 'number' && typeof prev === 'string' && typeof hash === 'string';
  return isOfTrail
    ? 'it is a line of a trail, and not of the log of `ambit serve`'
    : 'it is no line of the log of `ambit serve`';
}

function readRecord(object: LineObject): Reading {
  const { decision_id: decisionId, via, bundle = '', recorded } = object;
  const atMs = instantIn(object['time']);
  const outcome = OUTCOMES.find((each) => each === object['outcome']);
  const targets = readTargets(object, outcome);
  if (typeof decisionId !== 'string' || !isDecisionId(decisionId)) return wrong('decision_id');
  if (atMs === undefined) return wrong('time');
  if (typeof via !== 'string' || via === '') return wrong('via');
  if (outcome === undefined) return wrong('outcome');
  if (targets === undefined) return wrong('eligible');
  if (typeof bundle !== 'string') return wrong('bundle');
  const isOneOfAll = recorded === 'all';
  return { record: { decisionId, atMs, via, outcome, targets, bundle, isOneOfAll } };
}

/** Undefined: they are not readable, or contradict the outcome. */
function readTargets(
  object: LineObject,
  outcome: Outcome | undefined,
): readonly string[] | undefined {
  const eligible = textsIn(object['eligible']);
  const targets = object['targets'] === undefined ? eligible : textsIn(object['targets']);
  if (eligible === undefined || targets?.length !== eligible.length) return undefined;
  if ((outcome === 'block') !== (eligible.length === 0)) return undefined;
  return [...new Set(targets)].filter((target) => target !== '');
}

function wrong(key: string): Reading {
  return { problem: `it records a decision, and its \`${key}\` is not what ambit writes` };
}
