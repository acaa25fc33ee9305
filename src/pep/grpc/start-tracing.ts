import type { Logger } from 'pino';

import type { ServeFailure } from '../../ports/server-runner';
import type { ServiceConfig } from '../../ports/service-config';
import type { Tracing } from '../../ports/tracing';
import type { RunnerParts } from './runner-parts';

/** Makes the traces that a configuration asks for, where it asks for some. */
export async function startTracing(
  { openTracing }: Pick<RunnerParts, 'openTracing'>,
  { tracing: config }: ServiceConfig,
  log: Logger,
): Promise<{ readonly tracing?: Tracing } | { readonly failure: ServeFailure }> {
  if (config === undefined) return {};
  const opened = await openTracing(config, (problem) => {
    if (problem === undefined) log.info('spans are taken again');
    else log.warn({ problem }, 'spans are lost: their receiver does not take them');
  });
  if ('tracing' in opened) return opened;
  return { failure: { kind: 'address', message: `cannot send traces: ${opened.problem}` } };
}
