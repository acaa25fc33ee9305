import type { CommandSpec } from '../command';
import { FORMAT_OPTION, NOW_OPTION, POLICY_OPTIONS, REQUEST_OPTIONS } from '../global-options';

/** `ambit explain`. */
export const explainSpec: CommandSpec = {
  name: 'explain',
  summary: 'show every rule against every target, and which claim would change it',
  description: [
    'A matrix of targets and rules; then, for each blocked target, every reason with what is expected and what',
    'was found, where the rule and the claim stand, and which claims would make the target eligible.',
    'Without --model and --request, all targets of the catalog are shown.',
  ],
  argumentHint: 'write `--model MODEL`, `--policy FILE` or `--scope KEY=VALUE`, whichever it is',
  options: [
    ...POLICY_OPTIONS,
    ...REQUEST_OPTIONS,
    {
      name: 'target',
      value: 'ID',
      times: 'many',
      summary: 'show only this target, with all of its reasons',
    },
    NOW_OPTION,
    FORMAT_OPTION,
  ],
  examples: [
    {
      purpose: 'why is this target blocked for that model?',
      line: 'explain -p policy.yaml -p catalog.yaml --model gpt-oss-120b --target groq',
    },
    { purpose: 'the whole catalog under the policy', line: 'explain --policy policies/' },
    {
      purpose: 'what will have expired at the end of the year?',
      line: 'explain --policy policies/ --now 2026-12-31',
    },
  ],
};
