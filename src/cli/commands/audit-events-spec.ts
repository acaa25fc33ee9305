import { EVENT_KIND_NAMES } from '../../service/events/catalogue';
import { SEVERITIES } from '../../service/events/ocsf-words';
import type { CommandSpec } from '../command';
import { FORMAT_OPTION } from '../global-options';

/** `ambit audit events`. */
export const auditEventsSpec: CommandSpec = {
  name: 'audit events',
  summary: 'list the security events of a trail, and follow them',
  description: [
    'Shows what was blocked, refused, changed and lost, in the order of the trail: a line each, or OCSF as JSON lines.',
    'An event must meet all options that are given. It proves nothing of the trail: see `ambit audit verify`.',
  ],
  argumentHint: 'write `--records DIR`',
  options: [
    { name: 'records', value: 'DIR', times: 'once', summary: 'the directory of the trail' },
    {
      name: 'from',
      value: 'TIME',
      times: 'once',
      summary: 'leave out events before this instant: 2026-01-31 or 2026-01-31T12:00:00Z',
    },
    {
      name: 'to',
      value: 'TIME',
      times: 'once',
      summary: 'leave out events of this instant and later ones',
    },
    {
      name: 'kind',
      value: 'KIND',
      choices: EVENT_KIND_NAMES,
      times: 'once',
      summary: 'only events of this kind, such as request_blocked',
    },
    {
      name: 'severity',
      value: 'SEVERITY',
      choices: Object.keys(SEVERITIES),
      times: 'once',
      summary: 'only events as bad as this, or worse: informational, low, medium, high or critical',
    },
    { name: 'tenant', value: 'NAME', times: 'once', summary: 'only events of this tenant' },
    {
      name: 'follow',
      times: 'many',
      summary: 'go on with events as they are recorded, until Ctrl-C or SIGTERM',
    },
    FORMAT_OPTION,
  ],
  examples: [
    { purpose: 'everything', line: 'audit events --records /var/lib/ambit/trail' },
    {
      purpose: 'what needs a look, as it happens',
      line: 'audit events --records /var/lib/ambit/trail --severity medium --follow',
    },
    {
      purpose: 'a day of one tenant, for a SIEM',
      line: 'audit events --records /var/lib/ambit/trail --tenant acme --from 2026-01-30 --to 2026-01-31 --format json',
    },
  ],
};
