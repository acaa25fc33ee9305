/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports --
   A command's code is loaded only when it runs, so that help and lint start at once. `import()` would do it
   through the loader of ES modules, which alone takes longer than lint. */
import type { CommandRun } from './command';

/** Loads the code of a command by its name. The name is one of `COMMANDS`; another one is a defect. */
export function loadCommand(name: string): CommandRun {
  const load = LOADERS.get(name);
  if (load === undefined) throw new Error(`the command \`${name}\` has no code`);
  return load();
}

const LOADERS: ReadonlyMap<string, () => CommandRun> = new Map([
  ['lint', () => (require('./commands/lint') as typeof import('./commands/lint')).runLint],
  ['decide', () => (require('./commands/decide') as typeof import('./commands/decide')).runDecide],
  [
    'explain',
    () => (require('./commands/explain') as typeof import('./commands/explain')).runExplain,
  ],
  [
    'preview',
    () => (require('./commands/preview') as typeof import('./commands/preview')).runPreview,
  ],
  ['diff', () => (require('./commands/diff') as typeof import('./commands/diff')).runDiff],
  ['import', () => (require('./commands/import') as typeof import('./commands/import')).runImport],
  ['test', () => (require('./commands/test') as typeof import('./commands/test')).runTest],
  ['serve', () => (require('./commands/serve') as typeof import('./commands/serve')).runServe],
  [
    'envoy config',
    () =>
      (require('./commands/envoy-config') as typeof import('./commands/envoy-config'))
        .runEnvoyConfig,
  ],
  [
    'envoy lint',
    () => (require('./commands/envoy-lint') as typeof import('./commands/envoy-lint')).runEnvoyLint,
  ],
  [
    'audit reconcile',
    () =>
      (require('./commands/audit-reconcile') as typeof import('./commands/audit-reconcile'))
        .runAuditReconcile,
  ],
  [
    'audit verify',
    () =>
      (require('./commands/audit-verify') as typeof import('./commands/audit-verify'))
        .runAuditVerify,
  ],
  [
    'audit replay',
    () =>
      (require('./commands/audit-replay') as typeof import('./commands/audit-replay'))
        .runAuditReplay,
  ],
  [
    'audit report',
    () =>
      (require('./commands/audit-report') as typeof import('./commands/audit-report'))
        .runAuditReport,
  ],
  [
    'audit keygen',
    () =>
      (require('./commands/audit-keygen') as typeof import('./commands/audit-keygen'))
        .runAuditKeygen,
  ],
  [
    'audit unlock',
    () =>
      (require('./commands/audit-unlock') as typeof import('./commands/audit-unlock'))
        .runAuditUnlock,
  ],
  [
    'audit events',
    () =>
      (require('./commands/audit-events') as typeof import('./commands/audit-events'))
        .runAuditEvents,
  ],
  ['health', () => (require('./commands/health') as typeof import('./commands/health')).runHealth],
  [
    'completion',
    () =>
      (require('./commands/completion') as typeof import('./commands/completion')).runCompletion,
  ],
]);
