import type { BlockCode, ReasonCode } from '../../src/core/model/reason';
import { listAgainstName } from './lists';
import type { ListedName } from './lists';
import { askedNames } from './names';
import { LAYER_ORDER } from './reasons';
import type { OracleBlock, OracleReason, Subject, World } from './types';

/** The code that a layer gives to the block of the whole request (L8). */
function blockCode({ layer, code }: OracleReason): BlockCode {
  switch (layer) {
    case 'identity':
    case 'catalog':
      return code;
    case 'request_filters':
      return 'request_filters_leave_none';
    case 'provider_lists':
      return 'provider_not_allowed';
    case 'model_lists':
      return 'model_not_allowed';
    case 'requirements':
      return 'no_compliant_provider';
  }
}

const step = (reason: OracleReason): number =>
  LAYER_ORDER.indexOf(reason.layer) * 1000 + reason.policyRank;

/**
 * The layer and policy at which the running set became empty: each candidate falls at its first reason, and the
 * last one to fall empties the set.
 */
export function leadingBlock(
  fallen: readonly { readonly subject: Subject; readonly first: OracleReason }[],
): OracleBlock | undefined {
  const last = Math.max(...fallen.map(({ first }) => step(first)));
  const leads = fallen.filter(({ first }) => step(first) === last).map(({ first }) => first);
  const lead = leads[0];
  if (lead === undefined) {
    return undefined;
  }
  const considered = fallen
    .filter(({ first }) => first.layer === lead.layer)
    .map(({ subject }) => subject.units[0]?.provider ?? '')
    .filter((provider) => provider !== '');
  return {
    code: blockCode(lead),
    layer: lead.layer,
    policy: lead.policy,
    providersConsidered: [...new Set(considered)],
    alternatives: leads.map(blockCode),
  };
}

/** A block of the whole request, before any candidate is looked at. */
export function identityBlock(code: ReasonCode): OracleBlock {
  return { code, layer: 'identity', policy: '', alternatives: [] };
}

/**
 * The names leave no candidate (none serves them, or none is at the provider that they are pinned to): lists
 * judge the names themselves, so that the block names the list. Undefined: some name is kept out by no list.
 */
export function listBlock(
  world: World,
  names: readonly ListedName[] = askedNames(world),
): OracleBlock | undefined {
  const steps = names.map((name) => listAgainstName(name, world));
  const known = steps.filter((one) => one !== undefined);
  const order = ({ subject, rank }: (typeof known)[number]): number =>
    (subject === 'provider' ? 0 : 1000) + rank;
  const last = [...known].sort((a, b) => order(b) - order(a))[0];
  if (last === undefined || known.length < steps.length) {
    return undefined;
  }
  return {
    code: `${last.subject}_not_allowed`,
    layer: `${last.subject}_lists`,
    policy: last.policy,
    alternatives: [],
  };
}
