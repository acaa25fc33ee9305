import type { EnvoyConfigOptions } from '../../../ports/envoy-config';
import type { HopTarget } from '../hop-targets';
import type { Retries } from '../retries';
import type { Repeats } from '../yaml-text';

/** What the parts of a configuration are written from. */
export interface PartContext extends Repeats {
  readonly options: EnvoyConfigOptions;
  readonly targets: readonly HopTarget[];
  readonly retries: Retries;
}
