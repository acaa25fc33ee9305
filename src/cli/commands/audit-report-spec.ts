import type { CommandSpec } from '../command';
import { FORMAT_OPTION, HEAD_OPTION, RECORDS_OPTION, WINDOW_OPTIONS } from '../global-options';

/** `ambit audit report`. */
export const auditReportSpec: CommandSpec = {
  name: 'audit report',
  summary: 'sum up a trail for auditors: what was decided, why, and on which claims it rests',
  description: [
    'Counts decisions by outcome, tenant, provider and rule, names the claims that they relied on and when those',
    'expire, and tells what is missing. With --key, it says how far the trail is proven, and with --head, whether',
    'lines were cut off at its end.',
  ],
  argumentHint: 'write `--records DIR`',
  options: [
    RECORDS_OPTION,
    {
      name: 'key',
      value: 'FILE',
      times: 'many',
      summary: 'a public key that the seals may be signed with; without one nothing is proven',
    },
    HEAD_OPTION,
    ...WINDOW_OPTIONS,
    {
      name: 'tenant',
      value: 'NAME',
      times: 'once',
      summary: 'only the decisions of this tenant',
    },
    {
      ...FORMAT_OPTION,
      value: 'text|json|html',
      choices: ['text', 'json', 'html'],
      summary: 'for people (text), for programs (json), or a page that stands by itself (html)',
    },
  ],
  examples: [
    {
      purpose: 'all that a trail says',
      line: 'audit report --records /var/lib/ambit/trail --key trail.pub.pem',
    },
    {
      purpose: 'a page on one tenant and one quarter',
      line: 'audit report --records trail --key trail.pub.pem --tenant acme --from 2026-01-01 --to 2026-04-01 --format html',
    },
  ],
};
