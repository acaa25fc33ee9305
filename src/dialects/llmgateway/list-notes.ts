import type { ValueReader } from '../yaml/reader';

/** True, and noted, if the list is empty, which LLMGateway documents as no restriction in a compliance policy. */
export function noteRestrictsNothing({ node, report, label, name }: ValueReader): boolean {
  if (node.kind !== 'list' || node.items.length > 0) return false;
  report.notice('list_restricts_nothing', label, `${name} is empty and restricts nothing`, {
    help: 'name what is to hold, or remove the key',
  });
  return true;
}
