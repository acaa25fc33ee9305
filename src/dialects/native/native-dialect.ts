import type { Policy } from '../../core/model/policy';
import type {
  BundleStatement,
  DialectResult,
  ExpressionCompiler,
  PolicyDialect,
  SourceFile,
} from '../../ports/policy-dialect';
import type { PolicyTest } from '../../ports/policy-test';
import type { Report } from '../yaml/report';
import { readYaml, type DocumentRange } from '../yaml/read-yaml';
import { readBundle } from './bundle';
import { joinParts, readCatalog } from './catalog';
import { placeOf } from './contradictions';
import { readEnvelope, type Envelope } from './envelope';
import { readPolicy } from './policy';
import { readPolicyTest } from './policy-test';
import type { CatalogPart } from './providers';
import { withoutTests } from './without-tests';

/** What making the native dialect needs. */
export interface NativeDialectParts {
  readonly compileExpression: ExpressionCompiler;
}

/** Everything that the documents of one file state. */
interface Statements {
  readonly policies: Policy[];
  readonly catalogs: CatalogPart[];
  readonly bundles: { readonly statement: BundleStatement; readonly envelope: Envelope }[];
  readonly tests: PolicyTest[];
  /** Where the documents stand that are tests. */
  readonly testRanges: DocumentRange[];
}

/** Ambit's own files: Policy, Catalog, Bundle and PolicyTest documents, several of them in one file if wanted. */
export function createNativeDialect({ compileExpression }: NativeDialectParts): PolicyDialect {
  return {
    name: 'native',
    detects: ({ text }) => API_VERSION.test(text) || KIND.test(text) || statesNothing(text),
    parse: (file) => parse(file, compileExpression),
  };
}

/** The apiVersion, in YAML or JSON, also a wrong version of it: that is to be said, not to go undetected. */
const API_VERSION =
  /^\uFEFF?(?:\s*\{\s*|[ ]*(?="))?["']?api[-_]?version["']?\s*:\s*["']?ambit\b/imu;

/** The kinds at the margin, for files whose apiVersion is missing or misspelt. */
const KIND = /^kind[ ]*:[ ]*["']?(?:Policy|Catalog|Bundle|PolicyTest)["']?[ ]*(?:#.*)?\r?$/mu;

/** True of a file without content: it is taken here, so that it is called empty and not of an unknown dialect. */
function statesNothing(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/u.test(line));
}

function parse(file: SourceFile, compile: ExpressionCompiler): DialectResult {
  const { documents, ranges, report } = readYaml(file);
  const statements: Statements = {
    policies: [],
    catalogs: [],
    bundles: [],
    tests: [],
    testRanges: [],
  };
  for (const [index, document] of documents.entries()) {
    const envelope = readEnvelope(document);
    if (envelope === undefined) continue;
    addStatement(statements, envelope, compile);
    const range = ranges[index];
    if (envelope.kind.value === 'PolicyTest' && range !== undefined) {
      statements.testRanges.push(range);
    }
  }
  rejectSecondBundle(report, statements);
  const findings = report.findings();
  return report.hasErrors ? { findings } : { findings, ...resultOf(file, statements) };
}

function addStatement(to: Statements, envelope: Envelope, compile: ExpressionCompiler): void {
  switch (envelope.kind.value) {
    case 'Policy':
      to.policies.push(readPolicy(envelope, compile));
      break;
    case 'Catalog':
      to.catalogs.push(readCatalog(envelope));
      break;
    case 'Bundle':
      to.bundles.push({ statement: readBundle(envelope), envelope });
      break;
    case 'PolicyTest':
      to.tests.push(readPolicyTest(envelope));
      break;
  }
}

function rejectSecondBundle(report: Report, { bundles }: Statements): void {
  const [first, second] = bundles;
  if (first === undefined || second === undefined) return;
  const at = first.envelope.kind;
  const message = `the file holds a second Bundle; the first stands at ${placeOf(at)}`;
  report.error('contradiction', second.envelope.kind, message, {
    help: 'keep one: it is the root of the whole set',
    related: { at, message: 'the first stands here' },
  });
}

function resultOf(file: SourceFile, statements: Statements): Omit<DialectResult, 'findings'> {
  const { policies, catalogs, bundles, tests, testRanges } = statements;
  const tested = tests.length === 0 ? {} : { tests, text: withoutTests(file.text, testRanges) };
  if (policies.length + catalogs.length + bundles.length === 0) return tested;
  const document = { file: file.name, dialect: 'native', policies, ...joinParts(catalogs) };
  const bundle = bundles[0]?.statement;
  return { document, ...(bundle === undefined ? {} : { bundle }), ...tested };
}
