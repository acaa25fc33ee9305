import { compileBundle } from '../../../../src/core/engine/compile';
import type { Bundle } from '../../../../src/core/engine/bundle';
import type { DecisionRequest } from '../../../../src/core/model/request';
import type { RecordedDecision } from '../../../../src/service/evidence/recorded-decision';
import type { FindBundle } from '../../../../src/service/replay/bundle-shelf';
import { seededSource } from '../../../generators/source';
import { CASES } from '../../../laws/support/decisions';
import { recordOf } from '../../evidence/support/record-of';

/** Something that can be asked of a bundle. */
export interface Question {
  readonly bundle: Bundle;
  readonly request: DecisionRequest;
}

/** Generated bundles, each with a digest of its own. */
export function bundles(count: number, seed: number): readonly Bundle[] {
  return Array.from({ length: count }, (_, index) =>
    compileBundle(CASES(seededSource(seed + index)).set, `sha256:${String(index)}`),
  );
}

/** Generated requests. They are all about the same small world, so that each can be asked of every bundle. */
export function requests(count: number, seed: number): readonly DecisionRequest[] {
  return Array.from({ length: count }, (_, index) => CASES(seededSource(seed + index)).request);
}

/** The record of an answer, under an id of its own. */
export function recordWith({ bundle, request }: Question, decisionId: string): RecordedDecision {
  const attributes = new Set(request.context.attributes.keys());
  return { ...recordOf({ bundle, request, attributes }), decisionId };
}

/** Finds these bundles by their digests. */
export function finderOf(all: readonly Bundle[]): FindBundle {
  const byDigest = new Map(all.map((bundle) => [bundle.digest, bundle]));
  return (digest) => {
    const bundle = byDigest.get(digest);
    return Promise.resolve(bundle === undefined ? { problem: 'unknown' } : { bundle });
  };
}
