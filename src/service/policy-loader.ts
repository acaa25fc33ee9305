import type { Bundle } from '../core/engine/bundle';
import { compileBundle } from '../core/engine/compile';
import type { Finding } from '../core/model/finding';
import type { PolicySet } from '../core/model/policy-set';
import { DEFAULT_SETTINGS } from '../core/model/policy-set';
import { checkSet } from '../core/policy/check-set';
import type { DigestOf } from '../ports/id-source';
import type { Expanded } from '../ports/file-reader';
import type { SourceFile } from '../ports/policy-dialect';
import type { PolicyTest } from '../ports/policy-test';
import type { PolicyRoot } from '../ports/service-config';
import { arrangeSources } from './arrange-sources';
import { canonicalText } from './canonical-text';
import { createSourceReader } from './source-reader';
import type { SourceReaderParts } from './source-reader';

/** What became of the sources. */
export interface LoadedPolicies {
  /** Present only if no finding is an error. */
  readonly bundle?: Bundle;
  /** Present if every file could be read, whether or not the files fit together. */
  readonly set?: PolicySet;
  /** The tests that stand in the files; empty if any file could not be read. */
  readonly tests: readonly PolicyTest[];
  readonly findings: readonly Finding[];
  /** Every file that was read, in the order of reading, for excerpts in reports. */
  readonly sources: readonly SourceFile[];
  /** What each path of a root stood for. */
  readonly expansions: Readonly<Record<string, Expanded>>;
}

/** What loading needs. */
export interface LoaderDependencies extends SourceReaderParts {
  readonly roots: readonly PolicyRoot[];
  readonly digestOf: DigestOf;
}

/**
 * Reads the roots and the files that their Bundle document includes, and compiles a bundle from them. Everything
 * that is wrong is a finding, and all of it is reported at once. Never rejects for what stands in files.
 */
export async function loadPolicies(dependencies: LoaderDependencies): Promise<LoadedPolicies> {
  const sourceReader = createSourceReader(dependencies);
  const arranged = await arrangeSources(dependencies.roots, sourceReader);
  const read = { sources: sourceReader.sources(), expansions: sourceReader.expansions() };
  const { tests } = arranged;
  if (hasError(arranged.findings)) return { tests: [], findings: arranged.findings, ...read };
  const set: PolicySet = {
    settings: arranged.settings ?? DEFAULT_SETTINGS,
    documents: arranged.files.flatMap(({ document, binding }) => {
      if (document === undefined) return [];
      return [binding === undefined ? { document } : { document, binding }];
    }),
    providerTables: new Map(
      dependencies.dialects.flatMap(({ name, providers }) =>
        providers === undefined ? [] : [[name, providers] as const],
      ),
    ),
  };
  const findings = [...arranged.findings, ...checkSet(set)];
  if (hasError(findings)) return { set, tests, findings, ...read };
  const bundle = compileBundle(set, dependencies.digestOf(canonicalText(arranged.files)));
  return { bundle, set, tests, findings, ...read };
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
