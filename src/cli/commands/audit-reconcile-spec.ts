import type { CommandSpec } from '../command';
import { FORMAT_OPTION } from '../global-options';

/** `ambit audit reconcile`. */
export const auditReconcileSpec: CommandSpec = {
  name: 'audit reconcile',
  summary: 'hold what Envoy has sent against what was decided',
  description: [
    'Joins the records of decisions with the lines of Envoy’s logs, and reports every attempt that no decision allows.',
    'A line that cannot be read leaves it unproven. Lines of attempts and of requests may stand in one file.',
  ],
  argumentHint: 'write `--decisions FILE`, `--attempts FILE` or `--requests FILE`',
  options: [
    {
      name: 'decisions',
      value: 'FILE|-',
      times: 'many',
      summary: 'what `ambit serve` has written; complete with `log.decisions: all`',
    },
    {
      name: 'attempts',
      value: 'FILE|-',
      times: 'many',
      summary: 'a log of Envoy’s with a line for each attempt',
    },
    {
      name: 'requests',
      value: 'FILE|-',
      times: 'many',
      summary: 'a log of Envoy’s with a line for each request',
    },
    {
      name: 'from',
      value: 'TIME',
      times: 'once',
      summary: 'leave out attempts and requests before this instant, but for what others are told',
    },
    {
      name: 'to',
      value: 'TIME',
      times: 'once',
      summary: 'the same for this instant and later ones',
    },
    FORMAT_OPTION,
  ],
  examples: [
    {
      purpose: 'was everything that was sent allowed?',
      line: 'audit reconcile --decisions ambit.log --attempts attempts.log --requests requests.log',
    },
    {
      purpose: 'one day, with the records around it',
      line: 'audit reconcile --decisions ambit.log.1 --decisions ambit.log --attempts envoy.log --from 2026-01-30 --to 2026-01-31',
    },
  ],
};
