import type { Server } from 'node:http';

import { formatAddress, parseAddress } from '../../platform/address';
import { bindTo } from '../../platform/bind';
import { answerPage, ONE_AT_A_TIME } from './answer';
import type { DiagnosticsSources } from './answer';
import { limitConnections } from './connections';
import type { Connections } from './connections';
import { answerWith, createHttpServer } from './http-server';
import { DIAGNOSTICS_LIMITS } from './limits';
import type { DiagnosticsLimits } from './limits';

/** Diagnostics that answer. */
export interface Diagnostics {
  /** The text of the address, port filled in. */
  readonly address: string;
  /** Takes no new connections, and settles when all are closed, which takes a second at most. */
  close(): Promise<void>;
}

/** What diagnostics are made of. */
export interface DiagnosticsParts extends DiagnosticsSources {
  /**
   * `HOST:PORT` or `unix:/PATH`. Plaintext beyond loopback is allowed, because kubelet and Prometheus come from
   * elsewhere; nothing that is shown is secret.
   */
  readonly address: string;
  readonly limits?: DiagnosticsLimits;
}

/** Starts /livez, /readyz and /metrics. `problem` tells why they cannot be. */
export async function startDiagnostics(
  parts: DiagnosticsParts,
): Promise<{ readonly diagnostics: Diagnostics } | { readonly problem: string }> {
  const { limits = DIAGNOSTICS_LIMITS } = parts;
  const parsed = parseAddress(parts.address);
  if (parsed === undefined) {
    return { problem: `\`${parts.address}\` is no address; write \`HOST:PORT\` or \`unix:/PATH\`` };
  }
  const server = createHttpServer(limits);
  const connections = limitConnections(server, limits.connections);
  answerWith(
    server,
    {
      answer: ({ method = '', url: target = '', headers: { accept } }) =>
        answerPage(parts, { method, target, accept }),
      oneAtATime: ONE_AT_A_TIME,
    },
    connections,
  );
  const bound = await bindTo(server, parsed, '--diagnostics');
  if ('problem' in bound) return bound;
  // What a connection does wrong later concerns that connection, and has been answered by the library.
  server.on('error', parts.onDefect);
  return {
    diagnostics: {
      address: formatAddress(bound.address),
      close: () => closeServer(server, connections, limits),
    },
  };
}

function closeServer(
  server: Server,
  connections: Connections,
  { closeMs }: DiagnosticsLimits,
): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    connections.end(closeMs);
  });
}
