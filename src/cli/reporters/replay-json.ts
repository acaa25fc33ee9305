import { REPLAY_CODES, type ReplayReport } from '../../service/replay/replay-report';
import { topJson } from './top-json';

/** A replay for programs; docs/report.md has its names. */
export function replayDocument(
  report: ReplayReport,
  { directory }: { readonly directory: string },
): unknown {
  const { decisions, replayed, differing, notReplayed, findings } = report;
  const { folded, withdrawn, missing, missingUnknown } = report;
  return {
    apiVersion: 'ambit/v1',
    kind: 'Replay',
    same: findings.count === 0 && replayed > 0,
    directory,
    ...{ decisions, replayed, differing, notReplayed, folded, withdrawn, missing, missingUnknown },
    unknownBundles: topJson(report.unknownBundles, (digest) => ({ digest })),
    findingCount: findings.count,
    findings: findings.kept.map((each) => ({ ...each, message: REPLAY_CODES[each.code] })),
  };
}
