import type { Logger } from 'pino';

import type { AuditReports } from '../../service/audit/run-audit';

/** Says how evidence fares. The head is what a cut end of the trail is told by: it must stand somewhere else. */
export function createAuditLog(log: Logger): AuditReports {
  return {
    failing: (problem) => {
      log.error({ problem }, 'evidence cannot be kept');
    },
    recovered: () => {
      log.info('evidence is kept again');
    },
    head: ({ sequence, hash }) => {
      log.info({ head: `${String(sequence)}:${hash}` }, 'head of the trail');
    },
    notClosed: (problem) => {
      log.error({ problem }, 'the trail could not be closed in order');
    },
  };
}
