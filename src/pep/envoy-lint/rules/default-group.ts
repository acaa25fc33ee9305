import { each, field, text } from '../model/fields';
import { prioritySpecifiers } from '../model/specifiers';
import { quote } from '../quote';
import type { Rule } from '../rule';

/** What is configured counts whenever Ambit's list is missing or malformed. */
export const defaultGroup: Rule = {
  code: 'default_group',
  severity: 'error',
  meaning: 'a provider stands in the configured groups, which count where Ambit names no target',
  remedy: 'name only `deny` in `priority_groups`, a cluster without endpoints',
  check: (model) =>
    model.asking.flatMap(prioritySpecifiers).flatMap(({ body }) =>
      each(body, 'priority_groups')
        .flatMap((group) => each(group, 'clusters'))
        .filter((cluster) => model.leadingClusters.has(text(cluster, 'cluster_name') ?? ''))
        .map((cluster) => ({
          at: field(cluster, 'cluster_name') ?? cluster,
          message: `without a list from Ambit, or with a malformed one, every request goes to ${quote(text(cluster, 'cluster_name') ?? '')}`,
        })),
    ),
};
