import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials, Client } from '@grpc/grpc-js';

import { serviceOf } from '../../../contract/support/client';

/** Clients share connections unless they are told not to; and they wait for long before they try again. */
const OPTIONS = {
  // An address is no name that a client may ask for.
  'grpc.ssl_target_name_override': 'localhost',
  'grpc.use_local_subchannel_pool': 1,
  'grpc.initial_reconnect_backoff_ms': 20,
  'grpc.min_reconnect_backoff_ms': 20,
  'grpc.max_reconnect_backoff_ms': 100,
};

/** Opens a client of a service of the contract that has a connection of its own, and comes back soon. */
export function openOwnClient(
  service: string,
  address: string,
  as: ChannelCredentials = credentials.createInsecure(),
): Client {
  const Service = serviceOf(service);
  return new Service(address, as, OPTIONS);
}
