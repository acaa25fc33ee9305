import type { Preferences } from '../../src/core/model/request';
import type { ReasonCode } from '../../src/core/model/reason';
import type { RequirementRule } from '../../src/core/model/requirement';
import { find } from './findings';
import { askedNames, meantProvider, serves } from './names';
import { mayMean } from './tables';
import { KIND_ORDER } from './requirements';
import type { AskedName, OracleReason, Subject, Unit, World } from './types';

/** Order of the filters within their layer: that of the reason codes. */
const FILTERS: readonly ReasonCode[] = [
  'request_pin',
  'request_only',
  'request_ignore',
  'request_no_fallback',
  'request_not_met',
];

/** A reason that the request itself gives. */
export function filterReason(code: ReasonCode, kind = '', state = 'filtered'): OracleReason {
  const within = kind === '' ? 0 : 1 + KIND_ORDER.findIndex((one) => one === kind);
  const kindRank = FILTERS.indexOf(code) * 100 + within;
  const layer = 'request_filters';
  return {
    code,
    layer,
    policy: '',
    requirement: kind,
    state,
    policyRank: -1,
    kindRank,
    certain: true,
  };
}

/**
 * A pin is a filter (L7), and each name pins what it asks for: targets that serve it. A target that no name asks
 * for may be meant by any of them.
 */
function passesPins(unit: Unit, world: World): boolean {
  const names = askedNames(world);
  const asks = (name: AskedName): boolean =>
    unit.declarations.length === 0
      ? unit.model === name.base
      : unit.declarations.some((target) => serves(target, name.base));
  const passes = ({ pin }: AskedName): boolean =>
    pin === undefined || meantProvider(pin, world) === unit.provider;
  const mine = names.filter(asks);
  return names.length === 0 || (mine.length > 0 ? mine : names).some(passes);
}

/** True if an entry of a preference names the unit: its provider (id or alias) or its target. */
export function names(entry: string, unit: Unit, world: World, ignoreCase = false): boolean {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const providers = world.files
    .flatMap(({ document }) => document.providers)
    .filter(({ id }) => id === unit.provider)
    .flatMap(({ id, aliases }) => [id, ...aliases]);
  const mine = [unit.provider, ...providers, unit.targetId];
  const isTheirs = ignoreCase
    ? mayMean(entry, unit.provider, world)
    : meantProvider(entry, world) === unit.provider;
  return isTheirs || mine.some((text) => text !== '' && fold(text) === fold(entry));
}

/** The requirements that preferences ask for; `false`, `allow` and absence ask for nothing. */
function askedRules(preferences: Preferences): readonly RequirementRule[] {
  const { maxRetentionDays, processingRegions, quantizations, maxPrice } = preferences;
  return [
    ...(preferences.zeroDataRetention === true
      ? [{ kind: 'require_zero_data_retention' as const }]
      : []),
    ...(preferences.noTraining === true ? [{ kind: 'require_no_training' as const }] : []),
    ...(maxRetentionDays === undefined
      ? []
      : [{ kind: 'max_retention_days' as const, days: maxRetentionDays }]),
    ...(preferences.dataCollection === 'deny'
      ? [{ kind: 'deny_user_data_collection' as const }]
      : []),
    ...(processingRegions === undefined
      ? []
      : [{ kind: 'processing_regions' as const, regions: processingRegions }]),
    ...(quantizations === undefined
      ? []
      : [{ kind: 'quantizations' as const, allowed: quantizations }]),
    ...(maxPrice === undefined ? [] : [{ kind: 'max_price' as const, ...maxPrice }]),
  ];
}

/** Reasons that the request's own filters give for one unit; `allow_fallbacks` is judged on what they leave. */
export function filterReasons(
  on: { readonly subject: Subject; readonly unit: Unit; readonly nested: boolean },
  world: World,
): readonly OracleReason[] {
  const { unit } = on;
  const { preferences } = world.request.context;
  const { only, ignore = [] } = preferences;
  const named = (list: readonly string[]): boolean =>
    list.some((entry) => names(entry, unit, world));
  const reasons: OracleReason[] = [];
  if (!passesPins(unit, world)) {
    reasons.push(filterReason('request_pin'));
  }
  if (only !== undefined && !named(only)) {
    reasons.push(filterReason('request_only'));
  }
  if (ignore.some((entry) => on.nested || names(entry, unit, world, true))) {
    reasons.push(filterReason('request_ignore'));
  }
  for (const rule of unit.trouble === undefined ? askedRules(preferences) : []) {
    for (const state of find(rule, on, undefined, world)) {
      reasons.push(filterReason('request_not_met', rule.kind, state));
    }
  }
  return reasons;
}
