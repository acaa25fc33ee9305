import type { CommandSpec } from './command';
import { auditSpec } from './commands/audit-spec';
import { completionSpec } from './commands/completion-spec';
import { decideSpec } from './commands/decide-spec';
import { diffSpec } from './commands/diff-spec';
import { envoySpec } from './commands/envoy-spec';
import { explainSpec } from './commands/explain-spec';
import { healthSpec } from './commands/health-spec';
import { importSpec } from './commands/import-spec';
import { lintSpec } from './commands/lint-spec';
import { previewSpec } from './commands/preview-spec';
import { serveSpec } from './commands/serve-spec';
import { testSpec } from './commands/test-spec';

/** All commands, in the order in which one meets them. */
export const COMMANDS: readonly CommandSpec[] = [
  lintSpec,
  decideSpec,
  explainSpec,
  testSpec,
  previewSpec,
  diffSpec,
  importSpec,
  serveSpec,
  envoySpec,
  auditSpec,
  healthSpec,
  completionSpec,
];
