import type { TargetDeclaration } from '../model/catalog';
import type { Claim } from '../model/claim';
import type { Finding } from '../model/finding';
import { canonicalId } from '../policy/identifier';
import { setFinding } from '../policy/set-finding';
import { providerNames } from './claim-holders';
import { nameAt } from './lint-subjects';
import type { LintView } from './lint-view';

/**
 * Targets of different ids that are the same place, account and model, and state different claims: one of them
 * is likely wrong, and a request that is blocked on one passes on the other (L12).
 */
export function duplicateIdentity({ set }: LintView): readonly Finding[] {
  const providerOf = providerNames(set);
  const seen = new Map<string, TargetDeclaration>();
  const findings: Finding[] = [];
  for (const target of set.documents.flatMap(({ document }) => document.targets)) {
    const identity = identityOf(target, providerOf(target.provider));
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, target);
    else if (isOther(first, target)) findings.push(report(first, target));
  }
  return findings;
}

function identityOf(target: TargetDeclaration, provider: string): string {
  const { model, endpoint, region, credential } = target;
  const parts = [model, endpoint, region, credential].map((part) =>
    part === undefined ? null : canonicalId(part),
  );
  return JSON.stringify([provider, ...parts]);
}

function isOther(first: TargetDeclaration, second: TargetDeclaration): boolean {
  if (canonicalId(first.id) === canonicalId(second.id)) return false;
  return statementOf(first.claims) !== statementOf(second.claims);
}

/** What is claimed, without where it stands and how it is founded. */
function statementOf(claims: readonly Claim[]): string {
  return JSON.stringify(
    claims
      .map(({ name, value, apis, features }) => JSON.stringify([name, value, apis, features]))
      .sort(),
  );
}

function report(first: TargetDeclaration, second: TargetDeclaration): Finding {
  return setFinding({
    severity: 'warning',
    code: 'duplicate_identity',
    message: `target \`${second.id}\` is the same as target \`${first.id}\` and states other claims`,
    help: 'name the endpoint, region or credential in which they differ, or remove one of them',
    position: nameAt(second),
    related: [{ position: nameAt(first), message: `target \`${first.id}\` stands here` }],
  });
}
