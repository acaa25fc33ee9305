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
  return holders.flatMap((holder) =>
    holder.claims.flatMap((claim) => {
      const found = widerStatement(holders, holder, claim);
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

/** The statement that would stand if the holder were silent: its endpoint's, else its provider's. */
function widerStatement(
  holders: readonly ClaimHolder[],
  { level, provider, endpoint }: ClaimHolder,
  claim: Claim,
): Statement | undefined {
  if (level === 'provider') return undefined;
  const find = (wider: ClaimLevel, id: string) =>
    holders
      .filter((one) => one.level === wider && one.id === id && one.provider === provider)
      .flatMap((one) => one.claims.map((stated) => ({ holder: one, claim: stated })))
      .find((one) => one.claim.name === claim.name);
  const ofEndpoint = endpoint === undefined ? undefined : find('endpoint', endpoint);
  return ofEndpoint ?? find('provider', provider);
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
