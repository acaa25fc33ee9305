import type { RoutingAdvice } from '../../core/model/policy-set';
import type { MapReader } from '../yaml/reader';
import type { Span } from '../yaml/source-text';
import { fromOnePlace } from './either-place';

/** UTF-16 units in a strategy's or a trigger's name. */
const MAX_NAME_CHARS = 100;

/** The most fallback attempts that are advised; more than there are targets in any pack. */
const MAX_ATTEMPTS = 10_000;

/**
 * The gateway's own routing, passed on as advice. `routing` stands in `providers` or at the top level, `fallback`
 * beside it or in it.
 */
export function readRouting(
  root: MapReader,
  providers: MapReader | undefined,
): RoutingAdvice | undefined {
  const routingPlace = fromOnePlace(providers?.value('routing'), root.value('routing'));
  const routing = routingPlace?.map();
  const strategy = routing?.text('strategy', { maxChars: MAX_NAME_CHARS });
  const fallbackPlace = fromOnePlace(
    providers?.value('fallback'),
    root.value('fallback'),
    routing?.value('fallback'),
  );
  routing?.close();
  const fallback = fallbackPlace?.map();
  const label: Span | undefined = routingPlace?.label ?? fallbackPlace?.label;
  const advice = readFallback(fallback);
  if (label === undefined) return undefined;
  return {
    ...(strategy === undefined ? {} : { strategy: strategy.value }),
    ...advice,
    position: label.position,
  };
}

function readFallback(
  fallback: MapReader | undefined,
): Pick<RoutingAdvice, 'triggers' | 'maxFallbackAttempts'> {
  const triggers = fallback?.texts('triggers', { maxChars: MAX_NAME_CHARS });
  const attempts = fallback?.integer('max_fallback_attempts', { max: MAX_ATTEMPTS });
  fallback?.close();
  return {
    triggers: triggers?.value.map(({ value }) => value) ?? [],
    ...(attempts === undefined ? {} : { maxFallbackAttempts: attempts.value }),
  };
}
