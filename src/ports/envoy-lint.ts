import type { Finding, Severity } from '../core/model/finding';
import type { SourceFile } from './policy-dialect';

/** What is known of a code before any finding: its meaning, how bad it is, and the usual way out. */
export interface EnvoyLintRule {
  readonly code: string;
  readonly severity: Severity;
  readonly meaning: string;
  readonly remedy: string;
}

/** Reads configurations of Envoy and finds what would let a request pass that Ambit has not allowed. */
export interface EnvoyLint {
  /** All codes, in the order of docs/envoy-lint.md. */
  readonly rules: readonly EnvoyLintRule[];
  /** Total: whatever the texts, the result is findings. Files of resources count with each bootstrap file. */
  readonly lint: (files: readonly SourceFile[]) => readonly Finding[];
}
