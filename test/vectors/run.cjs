const { resolve } = require('node:path');
const { requireTypeScript } = require('../support/run-typescript.cjs');

const folders = process.argv.slice(2).map((folder) => resolve(folder));
const sources = ['src/core', 'src/ports', 'src/dialects', 'src/pep', 'test/vectors'];
process.exitCode = requireTypeScript(sources, 'test/vectors/run').main(folders);
