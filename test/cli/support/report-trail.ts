import type { Bundle } from '../../../src/core/engine/bundle';
import { foldedJson } from '../../../src/service/evidence/folded-block';
import { requestFor } from '../../laws/support/small-world';
import { recordAt, type TrailDirectory } from './trail-directory';

/** A policy with a warning, and a catalog with one claim that expires in each way. */
export const REPORT_FILES = {
  'policy.yaml': `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { require_no_training: true, max_retention_days: 7 }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: soft }
spec: { mode: warn, requirements: { gdpr: true } }
`,
  'catalog.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: three }
spec:
  providers:
    - id: good
      claims:
        training_opt_out:
          { value: true, assurance: contract, source: contract 4711, expires_at: 2026-07-20 }
        retention_days: { value: 0, expires_at: 2026-07-02T06:00:00Z }
        gdpr: { value: true, checked_at: 2026-01-15 }
      targets: [{ model: chat-large, serves: [chat] }]
    - id: lenient
      claims: { training_opt_out: true, retention_days: 3 }
      targets: [{ model: chat }]
    - id: keeps
      claims: { training_opt_out: true, retention_days: 30 }
      targets: [{ model: chat }]
`,
};

/** What is asked: tenant, targets and instant. */
const ASKED = [
  ['acme', ['good/chat-large'], '2026-07-01T00:00:00.000Z'],
  ['acme', ['good/chat-large', 'keeps/chat'], '2026-07-01T12:00:00.000Z'],
  ['acme', ['lenient/chat'], '2026-07-01T18:00:00.000Z'],
  ['globex', ['keeps/chat'], '2026-07-02T00:00:00.000Z'],
  ['globex', ['keeps/chat', 'good/chat-large'], '2026-07-02T12:00:00.000Z'],
] as const;

/** The records of all that is asked. */
export function reportRecords(bundle: Bundle): readonly object[] {
  return ASKED.map(([tenant, targets, at], index) => {
    const request = requestFor(targets, { tenant });
    return recordAt({ bundle, request, at, id: `decision-${String(index + 1)}` });
  });
}

/** What stands in a trail besides decisions. */
export function otherRecords(): readonly object[] {
  const [from, to] = ['2026-07-02T12:00:01.000Z', '2026-07-02T12:00:09.000Z'];
  const folded = { caller: 'edge', code: 'claim_contrary', policy: 'base', count: 250, from, to };
  const event = {
    metadata: { event_code: 'caller_refused', uid: 'e-1' },
    ...{ time: Date.parse(from), message: 'refused', severity: 'High', severity_id: 4, count: 3 },
  };
  return [JSON.parse(foldedJson(folded)) as object, { version: 1, event }];
}

/** Writes all of it. */
export async function writeReportTrail(place: TrailDirectory): Promise<void> {
  const bundle = await place.store(REPORT_FILES);
  await place.append(...reportRecords(bundle), ...otherRecords());
  await place.gap({ queue_full: 4, not_written: 1 });
}
