import type { Case } from '../case';
import {
  asking,
  claim,
  deny,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  target,
  ZDR,
} from '../../core/engine/support/build';
import { ACME, IN_EU, EU, BOTH, preferring, of, plain, pair } from './build';

/** What the request itself asks for, and what its candidates stand for. */
export const ON_REQUESTS: readonly Case[] = [
  of(
    'filters that are empty, zero or false, and not absent',
    plain({
      ...pair(
        { claims: [claim('retention_days', 1), EU] },
        { claims: [claim('retention_days', 0)] },
      ),
      policies: [policy('p')],
    }),
    preferring({ only: [] }),
    preferring({ ignore: [] }),
    preferring({ order: [] }),
    preferring({ processingRegions: [] }),
    preferring({ quantizations: [] }),
    preferring({ maxRetentionDays: 0 }),
    preferring({ zeroDataRetention: false }),
    preferring({ allowFallbacks: false }),
    preferring({ allowFallbacks: false, order: ['boreal'] }),
    preferring({ order: ['boreal'] }),
    preferring({ only: ['acme-ai'] }),
    preferring({ ignore: ['Acme-AI'] }),
    preferring({ only: ['acme'], ignore: ['acme'] }),
    preferring({ zeroDataRetention: true }),
  ),
  of(
    'names that pin',
    plain({
      ...pair({}, {}),
      policies: [policy('p', { lists: [deny('provider', { provider: 'boreal' })] })],
    }),
    asking({ model: 'm' }),
    asking({ model: 'acme/m' }),
    asking({ model: 'acme-ai:m' }),
    asking({ model: 'boreal/m' }),
    asking({ model: 'author/m' }),
    asking({ model: 'author/m', modelIdStyle: 'pin' }),
    asking({ model: 'acme/m', modelIdStyle: 'author' }),
    offering(['t1', 't2'], { model: 'boreal/m' }),
  ),
  of(
    'targets that nobody lists, that a provider makes known, and that choose further',
    plain({
      providers: [ACME, provider('open', { models: 'any', claims: [ZDR] })],
      targets: [
        target('t1', { claims: [ZDR] }),
        target('t2', { model: 'n' }),
        target('t-auto', { model: 'auto', claims: [ZDR] }),
        target('t-reach', { model: 'm-latest', claims: [ZDR], reaches: ['t1'] }),
        target('t-far', { model: 'latest', claims: [ZDR], reaches: ['t1', 't2'] }),
      ],
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    offering(['t1', 't-nowhere', 't-auto', 't-reach', 't-far']),
    offering([
      parts('a', { provider: 'open', model: 'anything' }),
      parts('b', { provider: 'acme', model: 'anything' }),
      parts('c', { provider: 'nobody', model: 'm' }),
    ]),
  ),
  of(
    'a candidate that leaves the region open',
    plain({
      targets: [
        target('t-de', { region: 'DE', claims: [EU] }),
        target('t-us', { region: 'US', claims: [claim('processing_regions', ['US'])] }),
      ],
      policies: [policy('p', { rules: [IN_EU] })],
    }),
    offering([parts('open', { provider: 'acme', model: 'm' })]),
    offering([parts('eu', { provider: 'acme', model: 'm', region: 'DE' })]),
    offering([parts('us', { provider: 'acme', model: 'm', region: 'US' })]),
  ),
  of(
    'a model name with a region before it',
    plain({
      targets: [
        target('t1', { model: 'us.vendor.m', claims: [EU] }),
        target('t2', { model: 'eu.vendor.m', claims: [EU] }),
      ],
      policies: [policy('p', { rules: [IN_EU] })],
    }),
    BOTH,
  ),
  of(
    'a caller that sends on what the client wrote',
    plain({ ...pair({}, { model: 'n' }), policies: [policy('p')] }),
    offering(['t1', 't2'], { model: 'm' }, { caller: { rewritesModel: false, ownsClaims: false } }),
  ),
  of('no candidates', plain({ ...pair({}, {}), policies: [policy('p')] }), offering([])),
];
