import type { Finding } from '../core/model/finding';
import type { BundleSettings, PolicyDocument, ProviderTable } from '../core/model/policy-set';
import type { ExpressionProgram } from '../core/model/requirement';
import type { ClaimName } from '../core/model/claim';
import type { Scope } from '../core/model/policy';
import type { SourcePosition } from '../core/model/source-position';
import type { PolicyTest } from './policy-test';

/** The text of one file, and the name that findings and reasons show for it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A file that a Bundle document binds; `file` is relative to the document's own. */
export interface IncludeStatement {
  readonly file: string;
  readonly dialect?: string;
  readonly scope?: Scope;
  readonly position: SourcePosition;
}

/** What a Bundle document states. */
export interface BundleStatement {
  readonly settings: BundleSettings;
  readonly includes: readonly IncludeStatement[];
  readonly position: SourcePosition;
}

/** What became of a file: a document only if no finding is an error, and if it holds more than tests. */
export interface DialectResult {
  readonly document?: PolicyDocument;
  readonly bundle?: BundleStatement;
  /** Tests that stand in the file; they decide nothing. */
  readonly tests?: readonly PolicyTest[];
  /** The file's text without its tests, which names the bundle; absent: the whole text. */
  readonly text?: string;
  readonly findings: readonly Finding[];
}

/** A compiled CEL text with the claims that it names, or why it does not compile. */
export type ExpressionCompilation =
  | { readonly program: ExpressionProgram; readonly claims: readonly ClaimName[] }
  | { readonly error: string; readonly offset: number; readonly length: number };

/** Compiles a CEL text; made at the edge, because it needs a library. */
export type ExpressionCompiler = (text: string) => ExpressionCompilation;

/** A file format that Ambit reads. Parsing is total: it returns findings and never throws. */
export interface PolicyDialect {
  readonly name: string;
  /** What the dialect calls providers; absent: it has no names of its own. */
  readonly providers?: ProviderTable;
  /** True if the text looks like this dialect; exactly one dialect should say so. */
  detects(file: SourceFile): boolean;
  parse(file: SourceFile): DialectResult;
}
