import type { CommandSpec } from '../command';
import { envoyConfigSpec } from './envoy-config-spec';
import { envoyLintSpec } from './envoy-lint-spec';

/** `ambit envoy`. */
export const envoySpec: CommandSpec = {
  name: 'envoy',
  summary: 'write and check configurations of Envoy',
  description: [
    'Envoy enforces what Ambit decides, if it is configured so that nothing passes it by.',
  ],
  options: [],
  examples: [
    {
      purpose: 'a configuration for the targets of a catalog',
      line: 'envoy config --policy /etc/ambit/policy > envoy.yaml',
    },
    { purpose: 'what does it let past?', line: 'envoy lint envoy.yaml' },
    { purpose: 'what does it take?', line: 'envoy config --help' },
  ],
  subcommands: [envoyConfigSpec, envoyLintSpec],
};
