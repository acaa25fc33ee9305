import type { Candidate } from '../../core/model/request';
import type { Candidate as WireCandidate } from '../../gen/ambit/v1/request';
import { MAX_CANDIDATES, MAX_ENDPOINT_BYTES, MAX_ID_BYTES, MAX_MODEL_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import { claimsFromWire } from './claims-from-wire';
import type { Violation } from './violations';

/** The limits of a candidate's texts, in bytes. */
const TEXT_LIMITS = [
  ['ref', MAX_ID_BYTES],
  ['target', MAX_ID_BYTES],
  ['provider', MAX_ID_BYTES],
  ['model', MAX_MODEL_BYTES],
  ['region', MAX_ID_BYTES],
  ['endpoint', MAX_ENDPOINT_BYTES],
  ['credential', MAX_ID_BYTES],
] as const;

/** Reads the candidates in their order; refs are unique. */
export function candidatesFromWire(
  wire: readonly WireCandidate[],
  violations: Violation[],
): readonly Candidate[] {
  if (wire.length > MAX_CANDIDATES) {
    const problem = `has more than ${String(MAX_CANDIDATES)} elements; ask in several requests`;
    violations.push({ path: 'candidates', problem });
    return [];
  }
  const refs = new Map<string, number>();
  const candidates: Candidate[] = [];
  for (let index = 0; index < wire.length; index += 1) {
    const each = wire[index];
    if (each === undefined) continue;
    const ref = each.ref ?? each.target;
    checkCandidate(each, index, violations);
    if (ref === undefined || ref === '') {
      violations.push(refuseRef(each, index));
      continue;
    }
    const first = refs.get(ref);
    if (first === undefined) refs.set(ref, index);
    else {
      const problem = `is that of candidates[${String(first)}], too; each needs its own`;
      violations.push({ path: `candidates[${String(index)}].ref`, problem });
    }
    candidates.push(candidateFromWire(each, ref, index, violations));
  }
  return candidates;
}

function refuseRef({ ref, target }: WireCandidate, index: number): Violation {
  const path = `candidates[${String(index)}].ref`;
  if (ref === undefined && target === undefined) {
    return { path, problem: 'is missing; it may be left out only where `target` is named' };
  }
  return { path, problem: 'is empty' };
}

function checkCandidate(wire: WireCandidate, index: number, violations: Violation[]): void {
  for (const [field, limit] of TEXT_LIMITS) {
    const text = wire[field];
    if (text !== undefined && exceedsBytes(text, limit)) {
      const path = `candidates[${String(index)}].${field}`;
      violations.push({ path, problem: `has more than ${String(limit)} bytes` });
    }
  }
}

const NO_CLAIMS: Candidate['claims'] = [];

function candidateFromWire(
  wire: WireCandidate,
  ref: string,
  index: number,
  violations: Violation[],
): Candidate {
  const { target, provider, model, region, endpoint, credential } = wire;
  const claims =
    wire.claims.length === 0
      ? NO_CLAIMS
      : claimsFromWire(wire.claims, `candidates[${String(index)}].claims`, violations);
  return {
    ref,
    ...(target === undefined ? {} : { target }),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credential === undefined ? {} : { credential }),
    claims,
  };
}
