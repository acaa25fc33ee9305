import type { Finding } from '../../core/model/finding';
import type { EnvoyLint } from '../../ports/envoy-lint';
import { entry } from './model/fields';
import { modelOf } from './model/envoy-model';
import { findingOf, type Rule } from './rule';
import { READING_RULES, RULES } from './rules';
import type { ConfigNode, ReadFault } from './yaml/config-node';
import { readConfig } from './yaml/read-config';

/** Findings of one rule in one configuration. One mistake stands in each of hundreds of targets, and once is enough. */
const MAX_HITS_OF_RULE = 100;

/** Lints with the given rules; all of them are `RULES`. */
export function createEnvoyLint(rules: readonly Rule[] = RULES): EnvoyLint {
  return {
    rules: [...READING_RULES, ...rules],
    lint: (files) => {
      const read = files.map((file) => readConfig(file));
      const faults = read.flatMap((each) => each.faults.map(faultFinding));
      const roots = read.flatMap(({ root }) => root ?? []);
      const found = configurationsOf(roots).flatMap((each) => lintOne(each, rules));
      return withoutRepeats([...faults, ...found]);
    },
  };
}

/** What one Envoy reads: each bootstrap file with all files of resources, or those alone. */
function configurationsOf(roots: readonly ConfigNode[]): readonly (readonly ConfigNode[])[] {
  const resources = roots.filter((root) => entry(root, 'resources') !== undefined);
  const bootstraps = roots.filter((root) => !resources.includes(root));
  if (bootstraps.length === 0) return resources.length === 0 ? [] : [resources];
  return bootstraps.map((bootstrap) => [bootstrap, ...resources]);
}

function lintOne(roots: readonly ConfigNode[], rules: readonly Rule[]): readonly Finding[] {
  const model = modelOf(roots);
  return rules.flatMap((rule) =>
    withoutRepeats(rule.check(model).map((hit) => findingOf(rule, hit))).slice(0, MAX_HITS_OF_RULE),
  );
}

/** What aliases share, and what several bootstrap files read, is found once. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const place = JSON.stringify([finding.code, finding.position]);
    if (!byPlace.has(place)) byPlace.set(place, finding);
  }
  return [...byPlace.values()];
}

function faultFinding({ code, at, message }: ReadFault): Finding {
  const rule = READING_RULES.find((each) => each.code === code);
  if (rule === undefined) throw new Error(`there is no rule \`${code}\``);
  return findingOf(rule, { at, message });
}
