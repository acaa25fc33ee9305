import type {
  RequirementResult,
  SatisfiedResult,
  UnmetResult,
  UnmetState,
} from './requirement-kind';

/**
 * Which state a requirement that reads several claims takes, worst first. Errors and conflicts lead, because
 * a warn policy never gives way for them (L9) and must not be talked out of them by a milder finding beside;
 * then what time has undone, then what nobody has stated, then what is stated and not enough.
 */
export const STATE_ORDER: readonly UnmetState[] = Object.freeze([
  'error',
  'conflicting',
  'expired',
  'unknown',
  'contrary',
] as const);

/** Satisfied if every part is. Parts that demand nothing at all are an error: nothing would have been checked. */
export function allHold(parts: readonly RequirementResult[]): RequirementResult {
  const { holding, wanting } = split(parts);
  if (wanting.length > 0) return unite(wanting, ' and ');
  return holding.length > 0 ? satisfiedBy(holding) : NOTHING_DEMANDED;
}

/** Satisfied if one part is; then only what satisfied was relied on. */
export function oneHolds(parts: readonly RequirementResult[]): RequirementResult {
  const { holding, wanting } = split(parts);
  return holding.length > 0 ? satisfiedBy(holding) : unite(wanting, ' or ');
}

const NOTHING_DEMANDED: UnmetResult = Object.freeze({
  state: 'error',
  claim: '',
  expected: 'at least one condition',
  observed: 'none is given',
});

function split(parts: readonly RequirementResult[]) {
  return {
    holding: parts.filter((part) => part.state === 'satisfied'),
    wanting: parts.filter((part) => part.state !== 'satisfied'),
  };
}

function satisfiedBy(parts: readonly SatisfiedResult[]): SatisfiedResult {
  return { state: 'satisfied', reliedOn: parts.flatMap((part) => part.reliedOn) };
}

/** The worst part decides state, claim and evidence, the first of equals; the texts show all parts. */
function unite(parts: readonly UnmetResult[], joint: ' and ' | ' or '): UnmetResult {
  const leading = STATE_ORDER.map((state) => parts.find((part) => part.state === state)).find(
    (part) => part !== undefined,
  );
  if (leading === undefined) return NOTHING_DEMANDED;
  if (parts.length === 1) return leading;
  return {
    ...leading,
    expected: [...new Set(parts.map((part) => part.expected))].join(joint),
    observed: parts.map(showAmongOthers).join('; '),
  };
}

// Beside others, "not declared" must say of what; the other states show the claim by themselves.
function showAmongOthers(part: UnmetResult): string {
  return part.state === 'unknown' ? `${part.claim} ${part.observed}` : part.observed;
}
