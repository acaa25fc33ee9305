import type { DecisionClient } from '../ports/decision-client';
import type { CommandContext } from './command-context';
import { UsageError } from './usage-error';

/** How long a person waits for one answer, in milliseconds. */
const CLIENT_DEADLINE_MS = 5_000;

/** Opens a client of a running Ambit; an address that is none is a usage error. The caller closes it. */
export async function connectTo(address: string, context: CommandContext): Promise<DecisionClient> {
  const connect = await context.dependencies.loadConnect();
  const connection = connect({ address, deadlineMs: CLIENT_DEADLINE_MS });
  if ('client' in connection) return connection.client;
  throw new UsageError(connection.problem, 'write `--server HOST:PORT` or `--server unix:/PATH`');
}
