import type { BlockSettings, Policy } from '../../core/model/policy';
import type { Requirement } from '../../core/model/requirement';
import type { MapReader } from '../yaml/reader';
import { complianceLists } from './compliance-lists';
import { makePolicy } from './make-policy';
import { NOT_STEALTH, readRequirements } from './requirements';

const BLOCK: BlockSettings = { status: 403, wording: 'llmgateway' };

/** Reads the organisation's compliance policy. Switched off, it is a policy that demands nothing (L10). */
export function readCompliance(policy: MapReader, id: string): Policy {
  const enabled = policy.required('enabled', 'say whether the policy is on: `enabled: true`');
  const isOn = enabled?.boolean()?.value;
  const lists = complianceLists(policy);
  const stated = readRequirements(policy);
  policy.close();
  if (isOn === false) {
    note(policy, 'is switched off and restricts nothing', 'every target passes');
    return makePolicy(policy, id, { lists: [], requirements: [], block: BLOCK });
  }
  const isIdle = lists.length + stated.length === 0;
  const requirements = isIdle ? idleRequirements(policy) : stated;
  return makePolicy(policy, id, { lists, requirements, block: BLOCK });
}

/**
 * A policy that is on and names no condition keeps out providers that nobody discloses: who switched it on did not
 * mean to let those through. Whoever does mean it says so.
 */
function idleRequirements(policy: MapReader): readonly Requirement[] {
  if (policy.has('blockStealthProviders')) {
    note(policy, 'names no condition and restricts nothing', 'every target passes');
    return [];
  }
  note(
    policy,
    'names no condition, so it keeps out stealth providers only',
    'every target must carry the label `stealth: "false"`',
  );
  return [{ rule: NOT_STEALTH, position: policy.label.position }];
}

function note({ report, label, path }: MapReader, what: string, consequence: string): void {
  if (report.hasErrors) return;
  report.notice('policy_requires_nothing', label, `\`${path}\` ${what}`, {
    help: `${consequence}; name what the organisation demands, or remove the policy`,
  });
}
