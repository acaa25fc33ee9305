import type { DigestOf } from '../../ports/id-source';
import type { ExitCode } from '../exit-codes';
import { EXIT_CODES } from '../exit-codes';
import { countOf } from '../text';
import { FINDING_RULES, type FindingRule } from './finding-advice';
import { bySeverity, type FindingSet } from './findings-text';
import { SARIF_LEVELS, sarifResults } from './sarif-result';
import { uriOf, type SarifSources } from './sarif-place';
import { sourceLines } from './source-lines';

/** The schema that the log follows. */
const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Results of one run. What reads such logs takes no more than 25,000, and shows 5,000. */
const MAX_RESULTS = 10_000;

/** What a log tells of the run beside its findings. */
export interface SarifRun extends FindingSet {
  readonly version: string;
  readonly exitCode: ExitCode;
  readonly digestOf: DigestOf;
  /** All codes that the run could have found; absent: those of policies. */
  readonly rules?: readonly FindingRule[];
}

/** The findings as a SARIF 2.1.0 log of one run, for code scanning and editors. Same run, same text. */
export function sarifLog(run: SarifRun): object {
  const { rules = FINDING_RULES } = run;
  const sorted = bySeverity(run.findings);
  const written = sorted.slice(0, MAX_RESULTS);
  const sources: SarifSources = {
    lines: sourceLines(run.sources),
    indexOf: new Map(run.sources.map(({ name }, index) => [name, index])),
  };
  const ruleIndexOf = new Map(rules.map(({ code }, index) => [code, index]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driverOf(run.version, rules) },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(run.exitCode, sorted.length - written.length)],
        artifacts: run.sources.map(({ name }) => artifactOf(name)),
        results: sarifResults(written, { sources, digestOf: run.digestOf, ruleIndexOf }),
      },
    ],
  };
}

function driverOf(version: string, rules: readonly FindingRule[]): object {
  return { name: 'ambit', version, semanticVersion: version, rules: rules.map(ruleOf) };
}

function ruleOf({ code, meaning, severity, remedy }: FindingRule): object {
  return {
    id: code,
    shortDescription: { text: meaning },
    fullDescription: { text: `${meaning}; ${remedy}` },
    help: { text: remedy },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
  };
}

/** A run that could not read its input has failed; one that found errors has done its work. */
function invocationOf(exitCode: ExitCode, omitted: number): object {
  const notification = {
    level: 'warning',
    message: { text: `${countOf(omitted, 'more finding')} left out: mend the errors first` },
  };
  return {
    executionSuccessful: exitCode !== EXIT_CODES.usage,
    exitCode,
    ...(omitted > 0 ? { toolExecutionNotifications: [notification] } : {}),
  };
}

function artifactOf(name: string): object {
  return { location: { uri: uriOf(name) }, roles: ['analysisTarget'], encoding: 'UTF-8' };
}
