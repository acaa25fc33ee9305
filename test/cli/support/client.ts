import type {
  ClientFailure,
  ClientTarget,
  ConnectClient,
  DecisionClient,
  HealthState,
} from '../../../src/ports/decision-client';
import type { AnswerDocument } from '../../../src/ports/wire-json';

/** What a server would say, and what it was asked. */
export interface ScriptedServer {
  readonly connect: ConnectClient;
  readonly targets: readonly ClientTarget[];
  readonly asked: readonly (readonly [method: string, text: string])[];
  /** How many clients are still open. */
  open(): number;
}

/** The answers; what is left out fails. */
export interface Script {
  readonly answer?: AnswerDocument;
  readonly health?: HealthState;
  readonly failure?: ClientFailure;
  /** What is wrong with the address. */
  readonly problem?: string;
}

const SILENT: ClientFailure = { kind: 'refused', status: 'UNIMPLEMENTED', message: 'no script' };

/** A server that answers as it is told, for what the command line makes of the answers. */
export function scriptServer(script: Script): ScriptedServer {
  const targets: ClientTarget[] = [];
  const asked: (readonly [string, string])[] = [];
  let open = 0;
  const reply = <T>(method: string, text: string, answer: T | undefined) => {
    asked.push([method, text]);
    return Promise.resolve(
      answer === undefined ? { failure: script.failure ?? SILENT } : { answer },
    );
  };
  const client: DecisionClient = {
    decide: (text) => reply('decide', text, script.answer),
    listEligible: (text) => reply('listEligible', text, script.answer),
    health: (service) => reply('health', service, script.health),
    status: () => reply('status', '', undefined),
    close: () => void (open -= 1),
  };
  const connect: ConnectClient = (target) => {
    targets.push(target);
    if (script.problem !== undefined) return { problem: script.problem, part: 'address' };
    open += 1;
    return { client };
  };
  return { connect, targets, asked, open: () => open };
}
