import type { CommandSpec } from '../command';
import { FINDINGS_FORMAT_OPTION, POLICY_OPTIONS } from '../global-options';
import { DEFAULT_DIAGNOSTICS, DEFAULT_LISTEN } from '../../platform/config/defaults';
import { LOG_LEVELS } from '../../ports/service-config';

/** `ambit serve`. */
export const serveSpec: CommandSpec = {
  name: 'serve',
  summary: 'answer over gRPC, and follow changes of the files',
  description: [
    'Loads the files, then listens, then is ready. A changed file takes effect without a restart, whole or not',
    'at all. SIGTERM and SIGINT end it: not ready, then drained, then exit code 0. Prints its log only.',
  ],
  argumentHint: 'write `--policy FILE` in front of files and directories of policies',
  options: [
    {
      name: 'config',
      short: 'c',
      value: 'FILE|-',
      times: 'once',
      summary: 'listeners, callers, limits and all else of the service (docs/configuration.md)',
    },
    ...POLICY_OPTIONS,
    {
      name: 'listen',
      value: 'ADDR',
      times: 'many',
      summary: `host:port or unix:/path; without it ${DEFAULT_LISTEN}`,
    },
    {
      name: 'insecure',
      times: 'many',
      summary: 'allow plaintext on addresses beyond this machine',
    },
    {
      name: 'max-staleness',
      value: 'SECONDS',
      times: 'once',
      summary: 'block once the files could not be read for so long; without it never',
    },
    {
      name: 'log-level',
      value: 'LEVEL',
      choices: LOG_LEVELS,
      times: 'once',
      summary: 'debug, info (without it), warn, error or silent',
    },
    {
      name: 'diagnostics',
      value: 'ADDR|none',
      times: 'once',
      summary: `where /livez, /readyz and /metrics are; without it ${DEFAULT_DIAGNOSTICS}`,
    },
    { name: 'check', times: 'many', summary: 'load all files, report, and do not listen' },
    { ...FINDINGS_FORMAT_OPTION, summary: 'how --check reports: text, json or sarif' },
  ],
  hints: {
    http: 'write `http: { address: ADDR }` under `spec` of the configuration, or set `AMBIT_HTTP`',
    port: 'write `--listen 127.0.0.1:PORT`',
    context: 'who asks says it: `ambit envoy config --context` for Envoy',
  },
  examples: [
    {
      purpose: `on ${DEFAULT_LISTEN}`,
      line: 'serve --policy policy.yaml --catalog catalog.yaml',
    },
    {
      purpose: 'on a socket of this machine',
      line: 'serve --policy /etc/ambit/policy --listen unix:/run/ambit/ambit.sock',
    },
    { purpose: 'as configured', line: 'serve --config /etc/ambit/ambit.yaml' },
    { purpose: 'would it start?', line: 'serve --check --config /etc/ambit/ambit.yaml' },
  ],
};
