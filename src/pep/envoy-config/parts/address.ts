import type { EnvoyAddress } from '../../../ports/envoy-config';
import { scalar } from '../yaml-text';

/** An address in one line, as a socket or a pipe. */
export function addressOf(address: EnvoyAddress): string {
  return address.kind === 'unix'
    ? `{ pipe: { path: ${scalar(address.path)} } }`
    : socketAddress(address.host, address.port);
}

/** A socket of TCP in one line. */
export function socketAddress(host: string, port: number): string {
  return `{ socket_address: { address: ${scalar(host)}, port_value: ${String(port)} } }`;
}
