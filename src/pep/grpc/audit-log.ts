import type { Logger } from 'pino';

import type { AuditConfig } from '../../ports/service-config';
import type { SinkReports } from '../../ports/sink-reports';
import type { AuditReports } from '../../service/audit/run-audit';

/** Says how evidence fares. The head is what a cut end of the trail is told by: it must stand somewhere else. */
export function createAuditLog(log: Logger): AuditReports {
  return {
    damaged: ({ code, file, line, sequence }, event) => {
      log.fatal({ code, file, line, sequence, event }, 'the trail is damaged');
    },
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

/** Says at the start how evidence is kept; whoever reads the log sees there that it is not any more. */
export function tellEvidence(
  log: Logger,
  config: AuditConfig | undefined,
  keyId: string | undefined,
): void {
  if (config === undefined) {
    log.info('no evidence is kept');
    return;
  }
  const { mode, directory, sinks } = config;
  log.info(
    { mode, directory, key: keyId, sinks: sinks.map(({ name }) => name) },
    'evidence is kept',
  );
}

/** Says which sinks do not get on, and that they do again. Attempts are rare by themselves. */
export function createSinkLog(log: Logger): SinkReports {
  const failing = new Set<string>();
  return {
    delivered: (sink, { sequence }) => {
      if (failing.delete(sink)) log.info({ sink, sequence }, 'the sink takes lines again');
    },
    failed: (sink, failure) => {
      failing.add(sink);
      log.warn({ sink, ...failure }, 'the sink does not take lines; they wait in the trail');
    },
  };
}
