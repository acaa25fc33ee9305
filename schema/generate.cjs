// Writes the published schemas anew from schema/source: `node schema/generate.cjs`. A test compares.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const prettier = require('prettier');
const { requireTypeScript } = require('../test/support/run-typescript.cjs');

const folders = ['src/core', 'src/ports', 'src/dialects', 'src/service', 'schema/source'];
const { publishedSchemas } = requireTypeScript(folders, 'schema/source/schemas');

async function main() {
  for (const [name, schema] of publishedSchemas()) {
    const file = join(__dirname, name);
    const options = await prettier.resolveConfig(file);
    writeFileSync(
      file,
      await prettier.format(JSON.stringify(schema), { ...options, filepath: file }),
    );
  }
}

main();
