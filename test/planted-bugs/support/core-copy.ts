import { transformSync } from '@swc/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Bundle } from '../../../src/core/engine/bundle';
import type { Decision } from '../../../src/core/model/decision';
import type { PolicySet } from '../../../src/core/model/policy-set';
import type { DecisionRequest } from '../../../src/core/model/request';

/** A change of the source text of one file below src/core. */
export interface Patch {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
}

/** What a copy of the core is asked for. */
export interface CoreCopy {
  readonly compileBundle: (set: PolicySet, digest: string) => Bundle;
  readonly decide: (bundle: Bundle, request: DecisionRequest, nowMs: number) => Decision;
}

type Exports = Record<string, unknown>;

const CORE = join(__dirname, '..', '..', '..', 'src', 'core');

/** JavaScript of the files as they are, by path below src/core. */
const compiled = new Map<string, string>();

/** How often a patch's original stands in its file; a patch that does not match exactly once changes nothing. */
export function matchesOf({ file, original }: Patch): number {
  return existsSync(join(CORE, file)) ? textOf(file).split(original).length - 1 : 0;
}

/** Every file below src/core. */
export function coreFiles(): readonly string[] {
  return readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
}

/** Loads a copy of the core of its own, with one file changed, in memory only. */
export function loadCore(patch?: Patch): CoreCopy {
  const modules = new Map<string, Exports>();
  const load = (file: string): Exports => {
    const known = modules.get(file);
    if (known !== undefined) return known;
    const exports: Exports = {};
    modules.set(file, exports);
    const code = patch?.file === file ? transpile(file, patched(patch)) : transpiled(file);
    const requireFrom = (path: string): Exports => load(`${join(dirname(file), path)}.ts`);
    const run = compileFunction(code, ['exports', 'require'], { filename: file }) as (
      exports: Exports,
      require: (path: string) => Exports,
    ) => void;
    run(exports, requireFrom);
    return exports;
  };
  const { compileBundle } = load('engine/compile.ts');
  const { decide } = load('engine/decide.ts');
  return { compileBundle, decide } as CoreCopy;
}

function patched(patch: Patch): string {
  const { file, original, replacement } = patch;
  if (matchesOf(patch) !== 1) throw new Error(`\`${original}\` does not stand once in ${file}`);
  return textOf(file).replace(original, () => replacement);
}

function transpiled(file: string): string {
  const code = compiled.get(file) ?? transpile(file, textOf(file));
  compiled.set(file, code);
  return code;
}

function textOf(file: string): string {
  return readFileSync(join(CORE, file), 'utf8');
}

function transpile(filename: string, text: string): string {
  return transformSync(text, {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  }).code;
}
