import type { Claim, ClaimLevel } from '../model/claim';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { showClaim } from '../requirements/judge-claim';
import { claimHolders, type ClaimHolder } from './claim-holders';
import type { LintView } from './lint-view';
import { isLooser } from './looser-value';

/**
 * Claims by which an endpoint, target or credential satisfies what its provider's or endpoint's claim does not.
 * That is how contracts are written, so it is no error; it is shown because it is where more is let through (L13).
 */
export function looseningLevels({ set }: LintView): readonly Finding[] {
  const holders = claimHolders(set);
  const wider = wideStatements(holders);
  return holders.flatMap((holder) =>
    holder.claims.flatMap((claim) => {
      const found = widerStatement(wider, holder, claim);
      return found !== undefined && isLooser(claim, found.claim)
        ? [report(holder, claim, found)]
        : [];
    }),
  );
}

interface Statement {
  readonly holder: ClaimHolder;
  readonly claim: Claim;
}

/** What providers and endpoints state first, by who states it and by claim. */
type WideStatements = ReadonlyMap<string, Statement>;

function wideStatements(holders: readonly ClaimHolder[]): WideStatements {
  const statements = new Map<string, Statement>();
  for (const holder of holders) {
    if (holder.level !== 'provider' && holder.level !== 'endpoint') continue;
    for (const claim of holder.claims) {
      const key = keyOf(holder.level, holder.provider, holder.id, claim);
      if (!statements.has(key)) statements.set(key, { holder, claim });
    }
  }
  return statements;
}

function keyOf(level: ClaimLevel, provider: string, id: string, { name }: Claim): string {
  return JSON.stringify([level, provider, id, name]);
}

/** The statement that would stand if the holder were silent: its endpoint's, else its provider's. */
function widerStatement(
  wider: WideStatements,
  { level, provider, endpoint }: ClaimHolder,
  claim: Claim,
): Statement | undefined {
  if (level === 'provider') return undefined;
  const ofEndpoint =
    endpoint === undefined ? undefined : wider.get(keyOf('endpoint', provider, endpoint, claim));
  return ofEndpoint ?? wider.get(keyOf('provider', provider, provider, claim));
}

function report({ level, id }: ClaimHolder, claim: Claim, wider: Statement): Finding {
  const { holder } = wider;
  const owner = `${holder.level} \`${holder.id}\``;
  return setFinding({
    severity: 'info',
    code: 'claim_loosens_wider_level',
    message: `${level} \`${id}\` states \`${showClaim(claim)}\`, where ${owner} states \`${showClaim(wider.claim)}\``,
    help: 'check that a contract says so for this one alone, and state it under `evidence`',
    position: claim.position,
    related: [{ position: wider.claim.position, message: `${owner} states it here` }],
  });
}
