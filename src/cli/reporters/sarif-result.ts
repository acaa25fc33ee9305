import type { Finding, Severity, SuggestedEdit } from '../../core/model/finding';
import type { DigestOf } from '../../ports/id-source';
import { maskedLineOf } from './excerpt';
import {
  artifactLocationOf,
  physicalLocation,
  regionOf,
  relatedLocation,
  type SarifSources,
} from './sarif-place';

/** SARIF's words for how bad a finding is. */
export const SARIF_LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** What results share. */
export interface ResultContext {
  readonly sources: SarifSources;
  readonly digestOf: DigestOf;
  /** Place in the driver's rules by code. */
  readonly ruleIndexOf: ReadonlyMap<string, number>;
}

/** All findings as results of a run, in their order. */
export function sarifResults(
  findings: readonly Finding[],
  context: ResultContext,
): readonly object[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = identityOf(finding, context.sources);
    const number = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, number);
    return sarifResult(finding, context.digestOf(`${identity}\n${String(number)}`), context);
  });
}

function sarifResult(finding: Finding, fingerprint: string, context: ResultContext): object {
  const { code, severity, message, help, related, suggestion } = finding;
  const { sources } = context;
  const ruleIndex = context.ruleIndexOf.get(code);
  const advice = help === undefined ? '' : `\nhelp: ${help}`;
  return {
    ruleId: code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: SARIF_LEVELS[severity],
    message: { text: plainText(message + advice) },
    locations: [{ physicalLocation: physicalLocation(finding, sources) }],
    ...(related === undefined
      ? {}
      : { relatedLocations: related.map((place, id) => relatedOf(place, id, sources)) }),
    partialFingerprints: { 'ambitFinding/v1': fingerprint },
    ...(suggestion === undefined ? {} : { fixes: [fixOf(suggestion, sources)] }),
  };
}

function relatedOf(
  { position, message }: NonNullable<Finding['related']>[number],
  index: number,
  sources: SarifSources,
): object {
  return {
    id: index + 1,
    physicalLocation: relatedLocation(position, sources),
    message: { text: plainText(message) },
  };
}

function fixOf({ position, endColumn, replacement }: SuggestedEdit, sources: SarifSources): object {
  return {
    description: { text: plainText(`write \`${replacement}\``) },
    artifactChanges: [
      {
        artifactLocation: artifactLocationOf(position.file, sources),
        replacements: [
          {
            deletedRegion: regionOf(position, endColumn),
            insertedContent: { text: replacement },
          },
        ],
      },
    ],
  };
}

/**
 * What stays the same while lines move: the code, the file, the line's text and the words in backticks, which are the
 * user's own. Wording and line numbers may change.
 */
function identityOf(finding: Finding, sources: SarifSources): string {
  const words = finding.message.match(/`[^`]*`/g) ?? [];
  const line = maskedLineOf(finding, sources.lines)?.trim() ?? '';
  return JSON.stringify([finding.code, finding.position.file, line, words]);
}

// In a message, `[text](target)` is a link. Users' words are none, and brackets are told apart by a backslash.
function plainText(text: string): string {
  return text.replace(/\[([^\]]*)\]\(/g, String.raw`\[$1\](`);
}
