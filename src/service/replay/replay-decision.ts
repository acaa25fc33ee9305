import { isEchoed } from '../evidence/record-decision';
import type { RecordedDecision } from '../evidence/recorded-decision';
import { replayRecord, type DecidedPart } from '../evidence/replay-record';
import { isServiceCode } from '../refusals';
import type { FindBundle, ShelvedBundle } from './bundle-shelf';
import type { NotReplayed } from './replay-report';

/** What becomes of a record. */
export type Fate =
  /** It was decided again; `parts` are those that differ. */
  | { readonly kind: 'replayed'; readonly parts: readonly DecidedPart[] }
  | { readonly kind: 'unexplained' }
  | { readonly kind: 'skipped'; readonly why: 'service_refusal' | 'no_bundle' | 'withheld' }
  | {
      readonly kind: 'no bundle';
      readonly digest: string;
      readonly problem: Extract<ShelvedBundle, { readonly problem: unknown }>['problem'];
    };

/** Decides a record again, if it can be. */
export async function replayDecision(
  record: RecordedDecision,
  findBundle: FindBundle,
): Promise<Fate> {
  const { bundle, replayable } = record;
  if (!replayable) {
    const why = obstacleOf(record);
    return why === undefined ? { kind: 'unexplained' } : { kind: 'skipped', why };
  }
  if (bundle === undefined) return { kind: 'unexplained' };
  const { digest } = bundle;
  const found = await findBundle(digest);
  if ('problem' in found) return { kind: 'no bundle', digest, problem: found.problem };
  return { kind: 'replayed', parts: replayRecord(record, found.bundle) };
}

/**
 * Why a record cannot be decided again, as far as it shows. What was let through always has a bundle and a decision of
 * the engine, so that nothing but what is withheld can be an obstacle there.
 */
function obstacleOf(
  record: RecordedDecision,
): Extract<NotReplayed, 'service_refusal' | 'no_bundle' | 'withheld'> | undefined {
  const { outcome, block, bundle, withheld = [] } = record;
  if (outcome === 'block' && isServiceCode(block?.code ?? '')) return 'service_refusal';
  if (outcome === 'block' && bundle === undefined) return 'no_bundle';
  return withheld.some((path) => !isEchoed(path)) ? 'withheld' : undefined;
}
