import type { CommandSpec } from '../command';

/** `ambit audit unlock`. */
export const auditUnlockSpec: CommandSpec = {
  name: 'audit unlock',
  summary: 'make way in a trail whose writer is gone',
  description: [
    'Says who holds the directory of a trail, and removes the lock if that process has ended.',
    'Whether a process of another machine lives cannot be seen from here. Look there first; then name its host with `--holder`.',
    'A process that lives keeps its lock: exit code 1.',
  ],
  positionals: 'DIR',
  options: [
    {
      name: 'holder',
      value: 'HOST',
      times: 'once',
      summary: 'the host that holds it, on which nothing writes to this trail any more',
    },
  ],
  examples: [
    { purpose: 'who holds it?', line: 'audit unlock /var/lib/ambit/trail' },
    {
      purpose: 'a machine that is lost for good',
      line: 'audit unlock /var/lib/ambit/trail --holder node-7',
    },
  ],
};
