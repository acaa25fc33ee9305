import type { CommandSpec } from '../command';
import { FORMAT_OPTION, RECORDS_OPTION, WINDOW_OPTIONS } from '../global-options';

/** `ambit audit replay`. */
export const auditReplaySpec: CommandSpec = {
  name: 'audit replay',
  summary: 'decide again what a trail records, and report what comes out differently',
  description: [
    'Decides every record of a trail again, with the bundle that it names, at its own instant. What cannot be decided',
    'again is counted by reason. It does not prove the trail: `ambit audit verify` does.',
  ],
  argumentHint: 'write `--records DIR`',
  options: [
    RECORDS_OPTION,
    {
      name: 'bundles',
      value: 'DIR',
      times: 'once',
      summary: 'the directory of stored bundles; default: `bundles` in that of the records',
    },
    ...WINDOW_OPTIONS,
    FORMAT_OPTION,
  ],
  examples: [
    {
      purpose: 'does every decision come out as it is recorded?',
      line: 'audit replay --records /var/lib/ambit/trail',
    },
    {
      purpose: 'one day, for programs',
      line: 'audit replay --records trail --bundles kept --from 2026-01-30 --to 2026-01-31 --format json',
    },
  ],
};
