import type { Value } from './value';

/** True, and noted, if the list is empty, where its system documents that as no restriction. */
export function noteRestrictsNothing({ node, report, label, name }: Value): boolean {
  if (node.kind !== 'list' || node.items.length > 0) return false;
  report.notice('list_restricts_nothing', label, `${name} is empty and restricts nothing`, {
    help: 'name what is to hold, or remove the key',
  });
  return true;
}
