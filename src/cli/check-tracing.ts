import type { Finding } from '../core/model/finding';
import { readTracingFiles } from '../platform/tracing/tracing-files';
import { errorAt, wholeFile } from '../service/load-finding';
import type { ServeConfig } from './serve-config';

/** The files and variables that traces need are looked at, too: whoever checks wants to know whether it would start. */
export async function checkTracing(
  { config, tracingPlaces }: ServeConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly Finding[]> {
  if (config?.tracing === undefined) return [];
  const read = await readTracingFiles(config.tracing, environment);
  if ('files' in read) return [];
  const at = tracingPlaces[read.part]?.at;
  const position = at?.position ?? wholeFile(config.tracing.endpoint);
  const finding = errorAt(position, 'unusable_tracing', `cannot send traces: ${read.problem}`);
  return [at === undefined ? finding : { ...finding, endColumn: at.endColumn }];
}
