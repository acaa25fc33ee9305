import type { Claim } from '../../../core/model/claim';
import type { Finding } from '../../../core/model/finding';
import type { PolicyDocument } from '../../../core/model/policy-set';
import { formatPosition, type SourcePosition } from '../../../core/model/source-position';
import { Report } from '../../yaml/report';
import { quote, SourceText, type Span } from '../../yaml/source-text';

/**
 * Claims that one declaration states twice, and not alike. They conflict, which satisfies nothing; a native
 * declaration states each claim once, so whichever of the two it stated would let through what the file blocks.
 */
export function contraryClaims(document: PolicyDocument, text = ''): readonly Finding[] {
  const { file, providers, endpoints, credentials, targets } = document;
  const report = new Report(new SourceText({ name: file, text }));
  for (const { claims } of [...providers, ...endpoints, ...credentials, ...targets]) {
    tellContrary(report, claims);
  }
  return report.findings();
}

function tellContrary(report: Report, claims: readonly Claim[]): void {
  const stated = new Map<string, Claim>();
  for (const claim of claims) {
    const first = stated.get(claim.name);
    if (first === undefined) stated.set(claim.name, claim);
    else if (statementOf(first) !== statementOf(claim)) tellTwo(report, first, claim);
  }
}

/** All that a claim says, but for where it says so. */
function statementOf(claim: Claim): string {
  const said = Object.entries(claim).filter(([key]) => key !== 'position');
  return JSON.stringify(said.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function tellTwo(report: Report, first: Claim, second: Claim): void {
  const place = formatPosition(first.position);
  const message = `claim ${quote(second.name)} is stated twice and not alike, first at ${place}`;
  report.error('contradiction', spanOf(second.position), message, {
    help: 'keep the statement that is true',
    related: { at: spanOf(first.position), message: 'first stated here' },
  });
}

function spanOf(position: SourcePosition): Span {
  return { position, endColumn: position.endColumn ?? position.column + 1 };
}
