import type { DecisionRequest } from '../../../../src/core/model/request';
import { checkToAsk } from '../../../../src/pep/ext-authz/check-to-ask';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../../src/ports/client-preferences';
import type { ClientPreferenceRules } from '../../../../src/ports/client-preferences';
import { toWire, type TestCheck } from './check-server';

/** The operator's statements that a test makes. */
export const CLEARED = { 'ambit.routing_fields': 'cleared' };
export const REWRITTEN = { 'ambit.path': 'rewritten' };

/** What a Check asks to decide; throws if Envoy's configuration is found wrong. */
export function askedOf(
  request: TestCheck,
  rules: ClientPreferenceRules = DEFAULT_CLIENT_PREFERENCES,
): DecisionRequest {
  const read = checkToAsk(toWire(request), rules);
  if ('fault' in read) throw new Error(read.fault);
  return read.ask.request;
}

/** What is wrong with a request; empty: nothing. */
export function problemOf(request: TestCheck): string {
  return askedOf(request).problems.join('; ');
}
