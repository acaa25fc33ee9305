import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import type { Candidate, DecisionRequest } from '../../src/core/model/request';
import { DecideResponse } from '../../src/gen/ambit/v1/decision';
import { DecideRequest } from '../../src/gen/ambit/v1/request';
import { answerToWire } from '../../src/pep/grpc/answer-to-wire';
import { createRequestReader, readWhole } from '../../src/pep/grpc/decode-request';
import { encodeAnswer } from '../../src/pep/grpc/encode-answer';
import { decideRequestFromWire } from '../../src/pep/grpc/from-wire';
import type { AskFromWire } from '../../src/pep/grpc/from-wire';
import { findWireProblem } from '../../src/pep/grpc/strict-wire';
import { DECIDE_SCHEMA } from '../../src/pep/grpc/wire-schema';
import type { Answer, Ask } from '../../src/ports/answer';
import { decideOnce } from '../../src/service/decide-once';
import { loadInStages } from './load-stages';
import type { StagedBundle } from './load-stages';
import { describeMachine } from './machine';
import { makeRequests } from './requests';
import { formatTable } from './statistics';
import type { Spread } from './statistics';
import { timeFresh, timeOften } from './timing';
import { workloadCatalog, workloadPolicy } from './workload';

/** Any instant: nothing in the workload expires. */
const NOW_MS = Date.UTC(2026, 0, 1);

/** The sizes of requests. */
const CANDIDATES = [1, 8, 64, 512] as const;

/** Different requests of each size, taken in turn. */
const REQUESTS = 64;

/** Bundles that are made to be decided over once. */
const FRESH_BUNDLES = 40;

/** Prints what each step of a decision costs in one process, without gRPC. */
export function main(): number {
  const loaded = loadInStages(
    [
      { name: 'policy.yaml', text: workloadPolicy(false) },
      { name: 'catalog.yaml', text: workloadCatalog() },
    ],
    NOW_MS,
  );
  const columns = CANDIDATES.map((candidates) => stepsOf(loaded, candidates));
  const steps = [...(columns[0]?.keys() ?? [])];
  const head = ['ns, median (min)', ...CANDIDATES.map(String)];
  const rows = steps.map((step) => [step, ...columns.map((column) => cellOf(column.get(step)))]);
  process.stdout.write(`${describeMachine()}\n\n${formatTable(head, rows)}\n`);
  return 0;
}

function cellOf(spread: Spread | undefined): string {
  return spread === undefined ? '' : `${spread.median.toFixed(0)} (${spread.min.toFixed(0)})`;
}

/** The time of each step, by name and in the order of the table. */
function stepsOf({ set, bundle }: StagedBundle, candidates: number): ReadonlyMap<string, Spread> {
  const messages = makeRequests({
    candidates,
    detail: 'reasons',
    requests: REQUESTS,
    shuffled: false,
  });
  const wires = messages.map((message) => DecideRequest.decode(message));
  const asks = messages.map((message) => askIn(readWhole(message)));
  const answers = asks.map((ask) => answerTo(bundle, ask));
  const summaries = answers.map((answer): Answer => ({ ...answer, detail: 'summary' }));
  const decided = answers.map(answerToWire);
  const reader = createRequestReader();
  const known = messages.map((message) => askIn(reader(message)));
  const freshBundle = (): ReturnType<typeof compileBundle> => compileBundle(set, bundle.digest);
  const request = at(asks, 0).request;
  return new Map([
    ['served way: read, parts known', timeOften((n) => reader(at(messages, n)))],
    [
      'served way: decide, candidates known',
      timeOften((n) => decide(bundle, at(known, n).request, NOW_MS)),
    ],
    ['served way: encode reasons, verdicts known', timeOften((n) => encodeAnswer(at(answers, n)))],
    ['served way: encode summary', timeOften((n) => encodeAnswer(at(summaries, n)))],
    [
      'whole way: look for what decoders pass over',
      timeOften((n) => findWireProblem(at(messages, n), DECIDE_SCHEMA)),
    ],
    ['whole way: decode', timeOften((n) => DecideRequest.decode(at(messages, n)))],
    ['whole way: from wire', timeOften((n) => decideRequestFromWire(at(wires, n)))],
    [
      'whole way: decide, candidates new',
      timeOften((n) => decide(bundle, renew(at(asks, n).request), NOW_MS)),
    ],
    ['(making those candidates new)', timeOften((n) => renew(at(asks, n).request))],
    ['whole way: to wire', timeOften((n) => answerToWire(at(answers, n)))],
    ['whole way: encode', timeOften((n) => DecideResponse.encode(at(decided, n)).finish())],
    [
      'decide, bundle new and nothing judged',
      timeFresh(freshBundle, (fresh) => decide(fresh, request, NOW_MS), FRESH_BUNDLES),
    ],
  ]);
}

function at<T>(values: readonly T[], number: number): T {
  const value = values[number % values.length];
  if (value === undefined) throw new Error('there is nothing to measure with');
  return value;
}

function askIn(read: AskFromWire): Ask {
  if ('violations' in read) throw new Error('a request of the workload is refused');
  return read.ask;
}

function answerTo(bundle: StagedBundle['bundle'], ask: Ask): Answer {
  return decideOnce(bundle, ask, {
    nowMs: NOW_MS,
    decisionId: '019a0000-0000-7000-8000-000000000000',
  });
}

/** The same request with candidate objects that nobody has seen. */
function renew(request: DecisionRequest): DecisionRequest {
  const candidates = request.candidates?.map((candidate): Candidate => ({ ...candidate }));
  return candidates === undefined ? request : { ...request, candidates };
}
