import type { CommandSpec } from '../command';
import {
  FORMAT_OPTION,
  NOW_OPTION,
  POLICY_OPTIONS,
  SERVER_OPTION,
  REQUEST_OPTIONS,
  TLS_OPTIONS,
} from '../global-options';

/** `ambit decide`. */
export const decideSpec: CommandSpec = {
  name: 'decide',
  summary: 'ask which targets may receive a request, and why not the others',
  description: [
    'With --model, every target that the catalog offers under that name is a candidate. With --request, the',
    'candidates are those of the request. Decides from files, or asks a running Ambit with --server.',
  ],
  argumentHint: 'write `--model MODEL`, `--policy FILE` or `--scope KEY=VALUE`, whichever it is',
  options: [
    ...POLICY_OPTIONS,
    SERVER_OPTION,
    ...TLS_OPTIONS,
    ...REQUEST_OPTIONS,
    NOW_OPTION,
    FORMAT_OPTION,
  ],
  examples: [
    {
      purpose: 'from files: a table of all targets of the model',
      line: 'decide --policy policy.yaml --catalog catalog.yaml --model gpt-oss-120b',
    },
    {
      purpose: 'ask a running Ambit, for one team',
      line: 'decide --server 127.0.0.1:9595 --model gpt-oss-120b --scope team=research',
    },
    {
      purpose: 'for programs: a DecideRequest in, a DecideResponse out',
      line: 'decide --policy policies/ --request - < request.json',
    },
  ],
};
