import type { Finding } from '../model/finding';
import type { BlockStatus } from '../model/policy';
import { setFinding } from '../policy/set-finding';
import type { LintView } from './lint-view';

/** What clients make of a block with the status; 403 loses nothing, and is the default (L14). */
const LOSSES: Readonly<Record<Exclude<BlockStatus, 403>, string>> = {
  400: 'clients take the request for malformed, and cannot tell the two apart',
  404: 'clients take the model for unknown, and some ask for another one instead',
  409: 'client libraries retry it, unless they honour `x-should-retry: false`',
  422: 'clients take the request for invalid, and cannot tell the two apart',
  451: 'client libraries have no error of their own for it, and some proxies do not know it',
};

/** Statuses of blocks that a policy chooses itself and that lose something on the way to the user. */
export function lossyStatuses({ set }: LintView): readonly Finding[] {
  return set.documents
    .flatMap(({ document }) => document.policies)
    .flatMap(({ id, block: { status }, places }) => {
      const position = places?.status;
      if (position === undefined || status === 403) return [];
      return [
        setFinding({
          severity: 'info',
          code: 'lossy_status',
          message: `policy \`${id}\` blocks with ${String(status)}: ${LOSSES[status]}`,
          help: 'write 403, or remove the line, unless your clients need this one',
          position,
        }),
      ];
    });
}
