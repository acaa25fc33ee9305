// Runs TypeScript without a build: transpiles folders into one of its own, where modules of this project and
// packages are found as usual, so that no loader hook is needed and every supported version of Node behaves
// the same.
const {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '../..');
const options = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
};

/**
 * Transpiles `folders` of the project, and gives the folder in which they lie then, removed when the process
 * ends. Paths are relative to the project's root, which becomes the working directory.
 */
function transpile(folders) {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const out = mkdtempSync(join(root, 'node_modules/.cache/run-typescript-'));
  process.on('exit', () => rmSync(out, { recursive: true, force: true }));
  // A signal ends the process without the event above unless somebody listens.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
      const file = join(folder, name);
      const target = join(out, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(
        target,
        transformSync(readFileSync(join(root, file), 'utf8'), { ...options, filename: file }).code,
      );
    }
  }
  process.chdir(root);
  return out;
}

/** Transpiles `folders` and gives what the module `entry` (relative to the root, without ending) exports. */
exports.requireTypeScript = (folders, entry) => require(join(transpile(folders), entry));
