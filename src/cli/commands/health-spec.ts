import type { CommandSpec } from '../command';
import { SERVER_OPTION, TLS_OPTIONS } from '../global-options';

/** `ambit health`. */
export const healthSpec: CommandSpec = {
  name: 'health',
  summary: 'ask a running Ambit whether it is ready',
  description: ['Uses the standard gRPC health service; fit for probes of containers.'],
  options: [
    SERVER_OPTION,
    ...TLS_OPTIONS,
    {
      name: 'service',
      value: 'NAME',
      times: 'once',
      summary: 'one service instead of the whole server, such as ambit.v1.DecisionService',
    },
  ],
  examples: [
    { purpose: 'the default address', line: 'health' },
    {
      purpose: 'over TLS, with a certificate',
      line: 'health --ca-file ca.crt --cert-file tls.crt --key-file tls.key',
    },
    { purpose: 'a socket', line: 'health --server unix:/run/ambit/ambit.sock' },
  ],
};
