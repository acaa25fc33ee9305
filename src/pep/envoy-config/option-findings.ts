import { isLoopback } from '../../platform/address';
import type { Finding } from '../../core/model/finding';
import type { EnvoyAddress, EnvoyConfigOptions } from '../../ports/envoy-config';
import { findingOfAll, type TargetFault } from './finding';

/**
 * What is to be said of the options, whatever the targets. `ambit envoy lint` says the same of what is written, save that
 * it takes a listener without TLS for one behind something that has it.
 */
export function optionFindings(options: EnvoyConfigOptions, file: string): readonly Finding[] {
  const { admin, ambit, listen, context } = options;
  const faults = [
    ...(admin !== undefined && isOpen(admin) ? [EXPOSED_ADMIN] : []),
    ...(isOpen(ambit) ? [PLAINTEXT_AMBIT] : []),
    ...(isOpen(listen) ? [PLAINTEXT_CLIENTS] : []),
    ...(context.has('tenant') ? [] : [NO_TENANT]),
  ];
  return faults.map((fault) => findingOfAll(fault, file));
}

function isOpen(address: EnvoyAddress): boolean {
  return address.kind === 'tcp' && !isLoopback(address.host);
}

const EXPOSED_ADMIN: TargetFault = {
  severity: 'warning',
  code: 'exposed_admin',
  message: 'whoever reaches the address of `--admin` can stop Envoy and read its configuration',
  help: 'leave `--admin` out, or write `--admin none`',
};

const PLAINTEXT_AMBIT: TargetFault = {
  severity: 'warning',
  code: 'plaintext_ambit',
  message: 'Ambit would be asked without TLS over a network, where others can answer in its place',
  help: 'let Ambit listen on a unix socket beside Envoy, or add TLS to the cluster `ambit`',
};

const PLAINTEXT_CLIENTS: TargetFault = {
  severity: 'info',
  code: 'plaintext_clients',
  message: 'clients of other machines can connect, and their prompts come without TLS',
  help: 'add a `transport_socket` with `DownstreamTlsContext`, unless something in front of Envoy has it',
};

const NO_TENANT: TargetFault = {
  severity: 'info',
  code: 'no_tenant',
  message: 'nothing says whom requests are for; where the policies know tenants, all are blocked',
  help: 'write `--context tenant=NAME`, unless the policies have none',
};
