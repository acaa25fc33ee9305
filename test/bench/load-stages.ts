import type { Bundle } from '../../src/core/engine/bundle';
import { compileBundle } from '../../src/core/engine/compile';
import type { PolicySet } from '../../src/core/model/policy-set';
import { DEFAULT_SETTINGS } from '../../src/core/model/policy-set';
import { checkSet } from '../../src/core/policy/check-set';
import { compileCel } from '../../src/dialects/expression/cel-compiler';
import { createNativeDialect } from '../../src/dialects/native/native-dialect';
import { digestOf } from '../../src/platform/digest';
import type { SourceFile } from '../../src/ports/policy-dialect';
import { warmBundle } from '../../src/service/warm-bundle';

/** A bundle and the milliseconds that each stage of its making took, in order. */
export interface StagedBundle {
  readonly set: PolicySet;
  readonly bundle: Bundle;
  readonly stagesMs: ReadonlyMap<string, number>;
}

/** Makes a bundle of native files, stage by stage as the loader does; throws if a file has an error. */
export function loadInStages(files: readonly SourceFile[], nowMs: number): StagedBundle {
  const stagesMs = new Map<string, number>();
  const staged = <T>(stage: string, work: () => T): T => {
    const startMs = performance.now();
    const result = work();
    stagesMs.set(stage, performance.now() - startMs);
    return result;
  };
  const dialect = createNativeDialect({ compileExpression: compileCel });
  const results = staged('parse', () => files.map((file) => dialect.parse(file)));
  const documents = results.flatMap(({ document }) =>
    document === undefined ? [] : [{ document }],
  );
  const set: PolicySet = { settings: DEFAULT_SETTINGS, documents };
  const found = staged('check', () => checkSet(set));
  const errors = [...results.flatMap(({ findings }) => findings), ...found].filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0) {
    throw new Error(
      errors.map(({ position, message }) => `${String(position.line)}: ${message}`).join('\n'),
    );
  }
  const digest = staged('digest', () => digestOf(JSON.stringify(files)));
  const bundle = staged('compile', () => compileBundle(set, digest));
  staged('warm', () => {
    warmBundle(bundle, nowMs);
  });
  return { set, bundle, stagesMs };
}
