import type { CommandSpec } from '../command';
import { FINDINGS_FORMAT_OPTION } from '../global-options';

/** `ambit envoy lint`. */
export const envoyLintSpec: CommandSpec = {
  name: 'envoy lint',
  summary: 'find what lets requests past Ambit in a configuration of Envoy',
  description: [
    'Reads any configuration of Envoy and shows at its word what would open a hole, with the reason and the way out.',
    'Files of resources (listeners, clusters, routes) count with each bootstrap file that is named beside them.',
  ],
  positionals: 'FILE|- ...',
  options: [
    { name: 'strict', times: 'many', summary: 'exit with 1 for any finding, not only for errors' },
    FINDINGS_FORMAT_OPTION,
  ],
  hints: {
    policy: 'name the files of Envoy without an option',
    c: 'name the files of Envoy without an option',
    config: 'name the files of Envoy without an option',
  },
  examples: [
    { purpose: 'check a configuration', line: 'envoy lint envoy.yaml' },
    {
      purpose: 'check what another tool writes, in CI: fail on warnings, too',
      line: 'envoy lint --strict --format sarif envoy.yaml clusters.yaml > envoy.sarif',
    },
  ],
};
