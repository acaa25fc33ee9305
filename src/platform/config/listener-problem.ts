import { quote } from '../../dialects/yaml/source-text';
import type { ListenerConfig } from '../../ports/service-config';
import { isLoopback, parseAddress } from '../address';

/** What is wrong with a listener, and the way out. */
export interface ListenerProblem {
  readonly message: string;
  readonly help: string;
}

/** Plaintext that others could reach is refused, wherever it was configured; undefined: nothing is wrong. */
export function plaintextProblem({
  address,
  tls,
  insecure,
}: ListenerConfig): ListenerProblem | undefined {
  const parsed = parseAddress(address);
  if (parsed?.kind !== 'tcp' || tls !== undefined || insecure || isLoopback(parsed.host)) {
    return undefined;
  }
  return {
    message: `${quote(address)} would send decisions in plaintext beyond this machine`,
    help: 'give it `tls`, listen on 127.0.0.1 or a unix socket, or say `insecure: true` (`--insecure`)',
  };
}
