import type { CallSpan } from '../../ports/tracing';
import type { CallRules } from '../call-rules';
import { readTraceParent } from '../trace-context';
import { headerValues } from './original-request';

/**
 * Begins the span of a request, named by the path of its route and never by what the client wrote. Undefined: nothing is
 * traced.
 */
export function beginRequest(
  { beginSpan }: CallRules,
  path: string | undefined,
  rawHeaders: readonly string[],
): CallSpan | undefined {
  if (beginSpan === undefined) return undefined;
  return beginSpan(
    path ?? 'HTTP',
    readTraceParent((name) => headerValues(rawHeaders, name)),
  );
}
