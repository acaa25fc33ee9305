import type { Rule } from '../rule';
import { keySpot } from '../model/fields';

/** Without the filter nobody asks, and the listener is a way past every policy. */
export const noExtAuthz: Rule = {
  code: 'no_ext_authz',
  severity: 'error',
  meaning: 'requests at a listener can reach a provider, and Ambit is not asked',
  remedy: 'put `envoy.filters.http.ext_authz` before the router, as `ambit envoy config` writes it',
  check: ({ unasking }) =>
    unasking.map((manager) => ({
      at: keySpot(manager.node, 'http_filters'),
      message: 'requests that come in here reach a provider, and no filter asks Ambit about them',
    })),
};
