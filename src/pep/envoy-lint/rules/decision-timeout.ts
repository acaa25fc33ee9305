import { durationMs, entry, field, keySpot, valueSpot } from '../model/fields';
import type { Hit, Rule } from '../rule';
import type { HttpFilter } from '../model/manager';

/** Milliseconds above which a hanging Ambit holds clients longer than most of them wait. */
const MAX_TIMEOUT_MS = 10_000;

/** Each request waits for its decision: without an end, a hanging Ambit fills Envoy with them. */
export const decisionTimeout: Rule = {
  code: 'decision_timeout',
  severity: 'warning',
  meaning: 'how long a request waits for its decision is not said, or very long',
  remedy: 'write `timeout: 1s` in its `grpc_service`',
  check: ({ askingFilters }) => askingFilters.flatMap(({ filter }) => timeoutHits(filter)),
};

function timeoutHits({ body, node }: HttpFilter): readonly Hit[] {
  const service = field(body, 'grpc_service');
  const holder = service ?? field(body, 'http_service', 'server_uri');
  if (holder === undefined) return [];
  if (entry(holder, 'timeout') === undefined) {
    const at = service === undefined ? node : keySpot(body, 'grpc_service');
    return [
      { at, message: '`timeout` is missing, and what Envoy takes instead differs by version' },
    ];
  }
  const timeoutMs = durationMs(holder, 'timeout') ?? 0;
  if (timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS) return [];
  const message =
    'while Ambit hangs, every request is held this long, and Envoy fills up with them';
  return [{ at: valueSpot(holder, 'timeout'), message }];
}
