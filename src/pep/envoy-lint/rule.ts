import type { Finding } from '../../core/model/finding';
import type { EnvoyLintRule } from '../../ports/envoy-lint';
import type { EnvoyModel } from './model/envoy-model';
import type { Spot } from './yaml/config-node';

/** A place where a rule does not hold. */
export interface Hit {
  readonly at: Spot;
  /** What is wrong, and what it lets an attacker or an accident do. */
  readonly message: string;
  /** The way out, where it is another one than the rule's. */
  readonly help?: string;
}

/** One thing that a configuration must not do. */
export interface Rule extends EnvoyLintRule {
  readonly check: (model: EnvoyModel) => readonly Hit[];
}

/** What a rule has found, as all findings are shown. */
export function findingOf({ code, severity, remedy }: EnvoyLintRule, hit: Hit): Finding {
  const { position, endColumn } = hit.at;
  return { severity, code, message: hit.message, help: hit.help ?? remedy, position, endColumn };
}
