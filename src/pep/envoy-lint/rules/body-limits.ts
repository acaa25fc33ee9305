import { MAX_CHECK_BYTES } from '../../limits';
import type { AskingFilter, EnvoyModel } from '../model/envoy-model';
import { bodySettings } from '../model/body-settings';
import { number, text, valueSpot } from '../model/fields';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** What Envoy holds of a connection where the listener says nothing. */
const DEFAULT_BUFFER_BYTES = 1024 * 1024;

/** A body that Ambit cannot take makes an error of what should be a decision. */
export const bodyAboveAmbit: Rule = {
  code: 'body_above_ambit',
  severity: 'warning',
  meaning: 'Envoy shows bodies that are larger than what Ambit takes by default',
  remedy: 'lower `max_request_bytes`, or raise `limits.check_bytes` of Ambit (docs/limits.md)',
  check: ({ askingFilters }) =>
    askingFilters.flatMap(bodySettings).flatMap((settings) =>
      limitOf(settings) < MAX_CHECK_BYTES
        ? []
        : [
            {
              at: valueSpot(settings, 'max_request_bytes'),
              message: `Ambit takes ${String(MAX_CHECK_BYTES)} bytes with all headers, and fails for requests between the two limits`,
            },
          ],
    ),
};

/** A request is held whole, for Ambit and for further attempts; what is not held cannot be sent again. */
export const bodyAboveBuffer: Rule = {
  code: 'body_above_buffer',
  severity: 'warning',
  meaning: 'bodies that Ambit may see are larger than what a listener holds',
  remedy: 'raise `per_connection_buffer_limit_bytes` of the listener above `max_request_bytes`',
  check: (model) => model.askingFilters.flatMap((each) => bufferHits(model, each)),
};

function bufferHits({ hops }: EnvoyModel, asking: AskingFilter): readonly Hit[] {
  const largest = bodySettings(asking)
    .map(limitOf)
    .reduce((most, each) => Math.max(most, each), 0);
  const listeners = [asking.manager, ...hops].map(({ listener }) => listener);
  return [...new Set(listeners)]
    .filter((listener) => bufferOf(listener) < largest)
    .map((listener) => ({
      at: valueSpot(listener, 'per_connection_buffer_limit_bytes'),
      message: `the listener ${quote(text(listener, 'name') ?? '')} holds ${String(bufferOf(listener))} bytes: larger bodies fail with 413 or have no second attempt`,
    }));
}

function limitOf(settings: ConfigNode): number {
  return number(settings, 'max_request_bytes') ?? 0;
}

function bufferOf(listener: ConfigNode): number {
  return number(listener, 'per_connection_buffer_limit_bytes') ?? DEFAULT_BUFFER_BYTES;
}
