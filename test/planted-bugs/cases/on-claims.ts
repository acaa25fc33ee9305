import type { Case } from '../case';
import {
  claim,
  credential,
  endpoint,
  FAILING,
  NOW_MS,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  target,
  ZDR,
} from '../../core/engine/support/build';
import { BOREAL, RETENTION, EU, THROWING, BOTH, of, plain, pair } from './build';

/** Claims: their values, levels, credentials, coverage and time. */
export const ON_CLAIMS: readonly Case[] = [
  of(
    'regions in part outside, empty, global and named by the target',
    plain({
      targets: [
        target('t1', { claims: [claim('processing_regions', ['DE', 'US'])] }),
        target('t2', { claims: [claim('processing_regions', [])] }),
        target('t3', { claims: [claim('processing_regions', ['global'])] }),
        target('t4', { claims: [EU], region: 'US' }),
        target('t5', { claims: [EU] }),
      ],
      policies: [
        policy('p', { rules: [{ kind: 'processing_regions', regions: ['eu', 'global'] }] }),
      ],
    }),
    offering(['t1', 't2', 't3', 't4', 't5']),
  ),
  of(
    'retention at, below and above the bound, and only zero retention declared',
    plain({
      targets: [0, 29, 30, 31]
        .map((days) => target(`t${String(days)}`, { claims: [claim('retention_days', days)] }))
        .concat(target('tz', { claims: [ZDR] })),
      policies: [policy('p', { rules: [RETENTION] })],
    }),
    offering(['t0', 't29', 't30', 't31', 'tz']),
  ),
  of(
    'all of several certifications, one of others',
    plain({
      ...pair(
        { claims: [claim('iso27001', true), claim('soc2', 'type2')] },
        { claims: [claim('iso27001', true)] },
      ),
      policies: [
        policy('p', {
          rules: [{ kind: 'certifications', allOf: ['iso27001', 'soc2'], anyOf: [] }],
        }),
      ],
    }),
    BOTH,
  ),
  of(
    'programs that fail and programs that throw',
    plain({
      ...pair({ claims: [claim('gdpr', true)] }, { claims: [claim('gdpr', true)] }),
      policies: [policy('p', { rules: [FAILING] }), policy('q', { rules: [THROWING] })],
    }),
    BOTH,
  ),
  of(
    'an expired statement over a wider one in force',
    plain({
      providers: [provider('acme', { claims: [ZDR] }), BOREAL],
      ...pair({ claims: [{ ...ZDR, expiresAtMs: NOW_MS }] }, { claims: [ZDR] }),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    BOTH,
  ),
  of(
    'the most specific level says otherwise',
    plain({
      providers: [provider('acme', { claims: [ZDR] }), BOREAL],
      ...pair({ claims: [claim('zero_data_retention', false)] }, {}),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    BOTH,
  ),
  of(
    'credentials of the operator, of a customer and of a stranger',
    plain({
      providers: [provider('acme', { claims: [ZDR] }), BOREAL],
      credentials: [
        credential('own', 'acme'),
        credential('theirs', 'acme', { owner: 'customer' }),
        credential('stated', 'acme', { owner: 'customer', claims: [ZDR] }),
      ],
      targets: ['own', 'theirs', 'stated'].map((id) => target(`t-${id}`, { credential: id })),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    offering(['t-own', 't-theirs', 't-stated']),
    offering([parts('c', { provider: 'acme', model: 'm', credential: 'stranger' })]),
  ),
  of(
    'a base URL that is not the catalog’s',
    plain({
      endpoints: [endpoint('acme-eu', 'acme', { baseUrl: 'https://eu.acme.example' })],
      ...pair({ claims: [ZDR] }, {}),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    offering([
      parts('known', { target: 't1', endpoint: 'https://eu.acme.example' }),
      parts('foreign', { target: 't1', endpoint: 'https://elsewhere.example' }),
    ]),
  ),
  of(
    'claims that cover some apis and features only',
    plain({
      ...pair(
        { claims: [{ ...ZDR, apis: ['chat_completions'] }] },
        { claims: [{ ...ZDR, features: ['store'] }] },
      ),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    BOTH,
    offering(['t1', 't2'], { api: 'chat_completions' }),
    offering(['t1', 't2'], { api: 'messages' }),
    offering(['t1', 't2'], { features: ['store'] }),
    offering(['t1', 't2'], { features: ['tools'] }),
  ),
  of(
    'a Responses request stores by default',
    plain({ ...pair({ claims: [ZDR] }, {}), policies: [policy('p', { rules: [REQUIRE_ZDR] })] }),
    offering(['t1', 't2'], { api: 'responses' }),
    offering(['t1', 't2'], { api: 'responses', features: ['no_store'] }),
  ),
  of(
    'claims that a candidate brings',
    plain({
      ...pair({ claims: [] }, { claims: [ZDR] }),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    offering([
      parts('better', { target: 't1', claims: [ZDR] }),
      parts('worse', { target: 't2', claims: [claim('zero_data_retention', false)] }),
    ]),
    offering([parts('nobody', { provider: 'acme', model: 'x', claims: [ZDR] })]),
  ),
  {
    name: 'claims that end: before, at and after the instant',
    set: plain({
      ...pair({ claims: [{ ...ZDR, expiresAtMs: NOW_MS }] }, { claims: [ZDR] }),
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    }),
    asks: [NOW_MS - 1, NOW_MS, NOW_MS + 1].map((nowMs) => ({ request: BOTH, nowMs })),
  },
];
