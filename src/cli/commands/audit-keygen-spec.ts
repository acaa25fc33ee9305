import type { CommandSpec } from '../command';

/** `ambit audit keygen`. */
export const auditKeygenSpec: CommandSpec = {
  name: 'audit keygen',
  summary: 'make the keys of a trail',
  description: [
    'Writes `trail.key.pem`, which signs and stays secret, and `trail.pub.pem`, by which anybody verifies.',
    'Give the public one to the auditors before anything is recorded: a trail proves only as much as they trust it.',
  ],
  argumentHint: 'write `--out DIR`',
  options: [
    {
      name: 'out',
      value: 'DIR',
      times: 'once',
      summary: 'the directory, which must be there, for both files, which must not',
    },
  ],
  examples: [
    { purpose: 'keys for a new trail', line: 'audit keygen --out /etc/ambit' },
    { purpose: 'keys in this directory', line: 'audit keygen --out .' },
  ],
};
