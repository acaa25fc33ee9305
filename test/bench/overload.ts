import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { askOnce, DECIDE_PATH } from './ask-once';
import { askAtRate, askTooMuch } from './ask-too-much';
import { ATTACKS } from './attacks';
import type { Attack, AttackOrder } from './attacks';
import { residentMibOf } from './cpu-time';
import { readDecideOptions } from './decide-options';
import type { LoadResult } from './load-client';
import { describeMachine } from './machine';
import type { OverloadResult } from './overload-client';
import { runClient, startClient, startServer } from './processes';
import type { ServerProcess } from './processes';
import { LOAD_CLIENT, loadOrderOf, setScene } from './scene';
import type { Scene } from './scene';
import { formatSpread, formatTable, spreadOf } from './statistics';

const ATTACK_CLIENT = join(__dirname, 'attack-client.js');

/** Answers before the capacity is measured first, which Node 24 needs more of to be at its best, and with which it is; and later. */
const WARM_ANSWERS = 20_000;
const LATER_WARM_ANSWERS = 2000;
const CAPACITY_ANSWERS = 4000;

/** Part of the capacity that the good client asks for beside an attack. */
const GOOD = 0.1;

/** Milliseconds that an attack goes on before the good client is looked at. */
const ATTACK_LEAD_MS = 2000;

/** What a measurement is made with. */
interface Bench {
  readonly server: ServerProcess;
  readonly scene: Scene;
  readonly capacity: number;
  /** Measures the capacity once more. */
  readonly measureCapacity: () => Promise<number>;
  readonly forMs: number;
}

/**
 * Measures what is answered at twice the capacity, and how a good client fares beside ones that mean no good; prints
 * two tables in Markdown. `--seconds N` for each load, `--rounds N` of each, `--node-flags FLAGS` for the server,
 * `--varied` where each call of the overload says another deadline.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      main: { type: 'string' },
      'node-flags': { type: 'string', default: '' },
      seconds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      varied: { type: 'boolean', default: false },
    },
  });
  const before = describeMachine();
  const options = readDecideOptions([
    ...(values.main === undefined ? [] : ['--main', values.main]),
    `--node-flags=${values['node-flags']}`,
  ]);
  const scene = setScene(options, { candidates: 64, detail: 'reasons' });
  const forMs = Number(values.seconds) * 1000;
  const onItsOwn = async (measure: (bench: Bench) => Promise<string>): Promise<string> => {
    const server = await startServer(scene.ambitArgs);
    try {
      await askOnce(server.address, scene.firstRequest);
      const load = { ...loadOrderOf(options, scene, server), windowMs: forMs / 2 };
      const measureCapacity = async (warmAnswers = LATER_WARM_ANSWERS): Promise<number> => {
        const order = { ...load, warmAnswers, windowAnswers: CAPACITY_ANSWERS };
        return (await runClient<LoadResult>(LOAD_CLIENT, order)).answersPerSecond;
      };
      const capacity = await measureCapacity(WARM_ANSWERS);
      return await measure({ server, scene, capacity, measureCapacity, forMs });
    } finally {
      await server.stop();
    }
  };
  const rounds = Number(values.rounds);
  const overloaded = await onItsOwn((bench) => overload(bench, rounds, values.varied));
  const attacked = await onItsOwn((bench) => attacks(bench, rounds));
  process.stdout.write(`${before}\n${describeMachine()}\n\n${overloaded}\n\n${attacked}\n`);
  return 0;
}

/**
 * Twice the capacity for a time, and what that costs in memory, again and again. The first round meets a server that has
 * never refused anything. Each capacity is measured right before its round, as machines are not as fast all the time.
 */
async function overload(bench: Bench, rounds: number, isVaried: boolean): Promise<string> {
  const { forMs, server, scene, measureCapacity } = bench;
  const { framesFile } = scene;
  const order = { address: server.address, path: DECIDE_PATH, framesFile, forMs, isVaried };
  const rows: (readonly (readonly [name: string, value: string])[])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const capacity = round === 0 ? bench.capacity : await measureCapacity();
    const measured = await askTooMuch(order, capacity);
    rows.push([...measured, ['memory, MiB', residentMibOf(server.pid).toFixed(0)]]);
  }
  return formatTable(
    (rows[0] ?? []).map(([name]) => name),
    rows.map((row) => row.map(([, value]) => value)),
  );
}

/** The good client alone and beside each attack, in turns, so that what else the machine does meets all of them. */
async function attacks(bench: Bench, rounds: number): Promise<string> {
  const alone: number[] = [];
  const beside = new Map<Attack, number[]>(ATTACKS.map((attack) => [attack, []]));
  const unanswered = new Map<Attack, number>();
  for (let round = 0; round < rounds; round += 1) {
    alone.push((await askWell(bench)).answeredP99Ms);
    for (const [attack, p99s] of beside) {
      const result = await besideAttack(bench, attack);
      p99s.push(result.answeredP99Ms);
      const missing = result.sent - result.answered;
      unanswered.set(attack, (unanswered.get(attack) ?? 0) + missing);
    }
  }
  const own = spreadOf(alone);
  const rows = [...beside].map(([attack, p99s]) => {
    const spread = spreadOf(p99s);
    const ratio = spread.median / own.median;
    return [attack, formatSpread(spread), ratio.toFixed(1), String(unanswered.get(attack))];
  });
  return formatTable(
    ['beside', 'p99 of a good client, ms', 'times that alone', 'its calls not answered'],
    [['nobody', formatSpread(own), '1', '0'], ...rows],
  );
}

async function besideAttack(bench: Bench, attack: Attack): Promise<OverloadResult> {
  const { framesFile } = bench.scene;
  const { address } = bench.server;
  const order: AttackOrder = {
    address,
    path: DECIDE_PATH,
    framesFile,
    attack,
    callsPerSecond: bench.capacity,
  };
  const attacker = startClient(ATTACK_CLIENT, order);
  await attacker.ready;
  await new Promise((resolve) => setTimeout(resolve, ATTACK_LEAD_MS));
  return askWell(bench).finally(() => attacker.stop());
}

function askWell({ server, scene, capacity, forMs }: Bench): Promise<OverloadResult> {
  const { framesFile } = scene;
  const order = { address: server.address, path: DECIDE_PATH, framesFile, forMs };
  return askAtRate({ ...order, callsPerSecond: capacity * GOOD, connections: 1 });
}
