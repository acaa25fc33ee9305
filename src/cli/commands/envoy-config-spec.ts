import { ENVOY_READINGS, ENVOY_VARIANTS } from '../../ports/envoy-config';
import type { CommandSpec } from '../command';
import { POLICY_OPTIONS } from '../global-options';

const TO_STDOUT = 'the configuration goes to the standard output: write `> envoy.yaml`';

/** `ambit envoy config`. */
export const envoyConfigSpec: CommandSpec = {
  name: 'envoy config',
  summary: 'write a complete configuration of Envoy for the targets of a catalog',
  description: [
    'Prints a commented configuration in which nothing leads to a target but what Ambit names for a request.',
    'Write it again whenever the catalog changes. Targets without an address are left out, with a warning.',
  ],
  positionals: '[FILE|DIR ...]',
  options: [
    ...POLICY_OPTIONS,
    {
      name: 'variant',
      value: ENVOY_VARIANTS.join('|'),
      choices: ENVOY_VARIANTS,
      times: 'once',
      summary:
        'for Envoy 1.40 and later (recommended, the default), or for 1.37 and later (portable)',
    },
    {
      name: 'read',
      value: ENVOY_READINGS.join('|'),
      choices: ENVOY_READINGS,
      times: 'once',
      summary: 'show Ambit the body (the default), or only what Envoy lifts out of it (metadata)',
    },
    {
      name: 'context',
      value: 'KEY=VALUE',
      times: 'many',
      summary: 'whom the requests are for: `tenant=NAME`, and other scope keys',
    },
    {
      name: 'listen',
      value: 'ADDR',
      times: 'once',
      summary: 'where clients connect (default 127.0.0.1:10000)',
    },
    {
      name: 'admin',
      value: 'ADDR|none',
      times: 'once',
      summary: 'where Envoy’s admin interface is (default 127.0.0.1:9901)',
    },
    {
      name: 'ambit',
      value: 'ADDR',
      times: 'once',
      summary: 'where Ambit listens (default unix:/run/ambit/ambit.sock)',
    },
    {
      name: 'secrets',
      value: 'DIR',
      times: 'once',
      summary:
        'the directory of the keys, a file ID.yaml for each target (default /etc/envoy/secrets)',
    },
    {
      name: 'ca',
      value: '[ID=]FILE',
      times: 'many',
      summary: 'authorities (PEM) of the certificates of all providers, or of one target',
    },
    {
      name: 'log',
      value: 'FILE',
      times: 'once',
      summary: 'where requests and attempts are logged (default /dev/stdout)',
    },
  ],
  hints: {
    tenant: 'write `--context tenant=NAME`',
    scope: 'write `--context KEY=VALUE`',
    o: TO_STDOUT,
    output: TO_STDOUT,
  },
  examples: [
    {
      purpose: 'a configuration for one tenant',
      line: 'envoy config --policy /etc/ambit/policy --context tenant=acme > envoy.yaml',
    },
    {
      purpose: 'one that never shows Ambit a prompt, for Envoy 1.37',
      line: 'envoy config --policy /etc/ambit/policy --variant portable --read metadata > envoy.yaml',
    },
  ],
};
