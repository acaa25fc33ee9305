import { status } from '@grpc/grpc-js';
import { service } from 'grpc-health-check';

import type { ClientResult, HealthState } from '../../../ports/decision-client';
import { callUnary } from './call-unary';
import type { Connection } from './call-unary';

/** Asks grpc.health.v1 for one service; empty: the server as a whole. */
export async function askHealth(
  connection: Connection,
  name: string,
): Promise<ClientResult<HealthState>> {
  const { Check: check } = service;
  if (check === undefined) throw new Error('the health service has no Check');
  const request = check.requestSerialize({ service: name });
  const result = await callUnary(connection, { path: check.path, request }, (bytes) =>
    stateOf(check.responseDeserialize(bytes)),
  );
  const unknown = 'failure' in result && result.failure.status === status[status.NOT_FOUND];
  return unknown ? { answer: 'unknown_service' } : result;
}

/** Everything but a clear "serving" is none. */
function stateOf(response: object): HealthState {
  return 'status' in response && response.status === 'SERVING' ? 'serving' : 'not_serving';
}
