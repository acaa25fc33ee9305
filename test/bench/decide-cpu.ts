import { DecideResponse } from '../../src/gen/ambit/v1/decision';
import { Outcome } from '../../src/gen/ambit/v1/decision';
import { askOnce } from './ask-once';
import { readDecideOptions } from './decide-options';
import type { DecideOptions } from './decide-options';
import type { LoadResult } from './load-client';
import { describeMachine } from './machine';
import { runLoad, startServer } from './processes';
import type { ServerProcess } from './processes';
import { answerForStream } from './requests';
import type { RequestOrder } from './requests';
import { emptyServerArgs, LOAD_CLIENT, loadOrderOf, setScene } from './scene';
import type { Scene } from './scene';
import { formatSpread, formatTable, spreadOf } from './statistics';
import { isEligible, offeredTargets } from './workload';

/** Answers that warm a server before its first window, and before each further one. */
const FIRST_WARM_ANSWERS = 4000;
const WARM_ANSWERS = 400;

/** A window has so many answers at least. */
const WINDOW_ANSWERS = 300;

/** One line of the table: two servers that take in and give out the same bytes, and what was measured on each. */
interface Row {
  readonly scene: Scene;
  readonly answerBytes: number;
  readonly ambit: Subject;
  readonly empty: Subject;
}

interface Subject {
  readonly server: ServerProcess;
  readonly results: LoadResult[];
}

/** Measures the CPU of a decision as a ratio to an empty handler, and prints a table in Markdown. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readDecideOptions(args);
  const before = describeMachine();
  const rows: Row[] = [];
  try {
    for (const candidates of options.candidates) {
      for (const detail of options.details) rows.push(await startRow(options, candidates, detail));
    }
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const row of rows) await measureRow(options, row, round);
      process.stderr.write(`round ${String(round)} of ${String(options.rounds)}\n`);
    }
  } finally {
    await Promise.all(
      rows.flatMap(({ ambit, empty }) => [ambit.server.stop(), empty.server.stop()]),
    );
  }
  process.stdout.write(`${before}\n${describeMachine()}\n\n${tableOf(rows)}\n`);
  return 0;
}

/** A process for each row and side, so that none profits from what another row has warmed. */
async function startRow(
  options: DecideOptions,
  candidates: number,
  detail: RequestOrder['detail'],
): Promise<Row> {
  const scene = setScene(options, { candidates, detail });
  const ambit = await startServer(scene.ambitArgs);
  const unaryAnswer = await askOnce(ambit.address, scene.firstRequest);
  checkAnswer(unaryAnswer, candidates);
  const answer = options.kind === 'stream' ? answerForStream(unaryAnswer) : unaryAnswer;
  const empty = await startServer(emptyServerArgs(scene, answer));
  return {
    scene,
    answerBytes: answer.length,
    ambit: { server: ambit, results: [] },
    empty: { server: empty, results: [] },
  };
}

/** A wrong answer is fast: the one that is measured must be the one that the policy demands. */
function checkAnswer(bytes: Buffer, candidates: number): void {
  const { outcome, eligible, verdicts, warnings } = DecideResponse.decode(bytes);
  const offered = offeredTargets(candidates);
  const expected = offered.filter(isEligible).map(({ id }) => id);
  const isRight =
    outcome === Outcome.OUTCOME_ALLOW &&
    verdicts.length === offered.length &&
    warnings.length === 0 &&
    JSON.stringify(eligible) === JSON.stringify(expected);
  if (!isRight) throw new Error('the answer is not the one that the policy demands');
}

/** The two sides take turns, and who is first changes from round to round. */
async function measureRow(options: DecideOptions, row: Row, round: number): Promise<void> {
  const sides = round % 2 === 0 ? [row.ambit, row.empty] : [row.empty, row.ambit];
  for (const { server, results } of sides) {
    const side = server === row.ambit.server ? 'Ambit' : 'the empty server';
    const result = await runLoad(LOAD_CLIENT, {
      ...loadOrderOf(options, row.scene, server),
      warmAnswers: round === 1 ? FIRST_WARM_ANSWERS : WARM_ANSWERS,
      windowAnswers: WINDOW_ANSWERS,
    }).catch((error: unknown) => {
      const which = `${String(row.scene.order.candidates)} candidates, ${side}`;
      throw new Error(`${which}: ${String(error)}`, { cause: error });
    });
    if (result.answerBytes !== row.answerBytes) {
      throw new Error(`an answer has ${String(result.answerBytes)} bytes`);
    }
    results.push(result);
  }
}

function tableOf(rows: readonly Row[]): string {
  const head = [
    'candidates',
    'detail',
    'bytes in / out',
    'ratio of medians',
    'ratio of minima',
    'ratio by round',
    'ambit CPU us',
    'empty CPU us',
    'ambit p50 / p99 us',
    'empty p50 / p99 us',
    'ambit MiB',
    'client busy',
  ];
  return formatTable(head, rows.map(cellsOf));
}

function cellsOf({ scene, answerBytes, ambit, empty }: Row): readonly string[] {
  const cpu = ({ results }: Subject): readonly number[] =>
    results.map(({ cpuMicrosPerAnswer }) => cpuMicrosPerAnswer);
  const ratios = cpu(ambit).map((micros, index) => micros / (cpu(empty)[index] ?? NaN));
  return [
    String(scene.order.candidates),
    scene.order.detail,
    `${String(scene.firstRequest.length)} / ${String(answerBytes)}`,
    `**${(spreadOf(cpu(ambit)).median / spreadOf(cpu(empty)).median).toFixed(2)}**`,
    (spreadOf(cpu(ambit)).min / spreadOf(cpu(empty)).min).toFixed(2),
    formatSpread(spreadOf(ratios), 2),
    formatSpread(spreadOf(cpu(ambit))),
    formatSpread(spreadOf(cpu(empty))),
    latenciesOf(ambit),
    latenciesOf(empty),
    Math.max(...ambit.results.map(({ serverMib }) => serverMib)).toFixed(0),
    spreadOf(ambit.results.map(({ clientBusy }) => clientBusy)).median.toFixed(2),
  ];
}

function latenciesOf({ results }: Subject): string {
  const medianOf = (values: readonly number[]): string => spreadOf(values).median.toFixed(0);
  return `${medianOf(results.map(({ p50Micros }) => p50Micros))} / ${medianOf(results.map(({ p99Micros }) => p99Micros))}`;
}
