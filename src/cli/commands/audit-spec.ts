import type { CommandSpec } from '../command';
import { auditEventsSpec } from './audit-events-spec';
import { auditKeygenSpec } from './audit-keygen-spec';
import { auditVerifySpec } from './audit-verify-spec';
import { auditReconcileSpec } from './audit-reconcile-spec';
import { auditReplaySpec } from './audit-replay-spec';
import { auditReportSpec } from './audit-report-spec';
import { auditUnlockSpec } from './audit-unlock-spec';

/** `ambit audit`. */
export const auditSpec: CommandSpec = {
  name: 'audit',
  summary: 'show from records and logs what was decided and what was sent',
  description: ['Reads what Ambit and Envoy have written; nothing that runs is asked.'],
  options: [],
  examples: [
    {
      purpose: 'was everything that was sent allowed?',
      line: 'audit reconcile --decisions ambit.log --attempts attempts.log',
    },
    {
      purpose: 'is a trail as it was written?',
      line: 'audit verify trail --key trail.pub.pem',
    },
    {
      purpose: 'what was blocked, refused or changed?',
      line: 'audit events --records trail',
    },
    { purpose: 'what does it take?', line: 'audit reconcile --help' },
  ],
  subcommands: [
    auditReconcileSpec,
    auditVerifySpec,
    auditEventsSpec,
    auditReplaySpec,
    auditReportSpec,
    auditKeygenSpec,
    auditUnlockSpec,
  ],
};
