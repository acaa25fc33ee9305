import type { CommandSpec } from '../command';
import { FORMAT_OPTION, HEAD_OPTION } from '../global-options';

/** `ambit audit verify`. */
export const auditVerifySpec: CommandSpec = {
  name: 'audit verify',
  summary: 'prove that a trail is as it was written',
  description: [
    'Follows a trail from its first line, and names the first place at which it was changed, cut or put together.',
    'Lines cut off at the end are noticed only with `--head`, which says how far the trail had come.',
  ],
  positionals: 'DIR',
  options: [
    {
      name: 'key',
      value: 'FILE',
      times: 'many',
      summary: 'a public key that the seals may be signed with',
    },
    HEAD_OPTION,
    FORMAT_OPTION,
  ],
  hints: { records: 'name the directory without an option: `ambit audit verify DIR`' },
  examples: [
    {
      purpose: 'is the trail whole?',
      line: 'audit verify /var/lib/ambit/trail --key trail.pub.pem',
    },
    {
      purpose: 'is it also as long as it was?',
      line: `audit verify trail --key trail.pub.pem --head 4711:${'0'.repeat(64)}`,
    },
    {
      purpose: 'for programs',
      line: 'audit verify /var/lib/ambit/trail --key trail.pub.pem --format json',
    },
  ],
};
