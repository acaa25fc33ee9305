import { isLoopback } from '../model/cluster';
import { field, text } from '../model/fields';
import type { Rule } from '../rule';

/** It stops Envoy, changes its runtime, and shows its configuration. */
export const exposedAdmin: Rule = {
  code: 'exposed_admin',
  severity: 'error',
  meaning: 'the admin interface can be reached from other machines',
  remedy: 'let it listen on 127.0.0.1 or a unix socket, or leave `admin` out',
  check: ({ roots }) =>
    roots.flatMap((root) => {
      const host = field(root, 'admin', 'address', 'socket_address', 'address');
      if (host === undefined || isLoopback(text(host) ?? '')) return [];
      const message =
        'whoever reaches this can stop Envoy, change its settings and read its configuration';
      return [{ at: host, message }];
    }),
};
