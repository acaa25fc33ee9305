import { call, openClient } from '../../contract/support/client';
import type { Outcome } from '../../contract/support/client';
import { until } from '../support/wait';

/** The good client of a drill: it asks one question after another, and keeps what was not answered as it must be. */
export interface Witness {
  /** Answers so far. */
  readonly answers: () => number;
  /** Waits until there are so many more. */
  readonly more: (count: number) => Promise<void>;
  /** Ends it; returns everything that was no right answer. */
  readonly stop: () => Promise<readonly Outcome[]>;
}

const REQUEST = {
  context: { tenant: 'red', api: 'API_CHAT_COMPLETIONS' },
  candidates: [{ target: 'acme/large' }, { target: 'boreal/large' }],
};

/** Starts a client that asks until it is stopped. */
export function startWitness(address: string): Witness {
  const client = openClient('ambit.v1.DecisionService', address);
  const wrong: Outcome[] = [];
  let answers = 0;
  let isStopped = false;
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const outcome = await call(client, 'Decide', REQUEST);
      if (isRight(outcome)) answers += 1;
      else wrong.push(outcome);
    }
  };
  const running = run();
  return {
    answers: () => answers,
    more: async (count) => {
      const enough = answers + count;
      await until('answers of the good client', () => (answers >= enough ? true : undefined));
    },
    stop: async () => {
      isStopped = true;
      await running;
      client.close();
      return wrong;
    },
  };
}

function isRight(outcome: Outcome): boolean {
  if (!('answer' in outcome)) return false;
  const { outcome: decided, eligible } = outcome.answer;
  return decided === 'OUTCOME_ALLOW' && JSON.stringify(eligible) === '["acme/large"]';
}
