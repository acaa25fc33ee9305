import { ADAPTERS } from './adapters';
import { readChoices } from './choices';
import { runVectors } from './run-vectors';
import { readVectorFiles } from './vector';

/** `npm run -s vectors -- DIR...`: exit 0 if nothing failed, 1 if something did, 2 without a folder. */
export function main(folders: readonly string[]): number {
  if (folders.length === 0) {
    process.stderr.write('name at least one folder of vectors: npm run -s vectors -- DIR...\n');
    return 2;
  }
  const report = runVectors(folders.flatMap(readVectorFiles), {
    adapters: ADAPTERS,
    choices: readChoices(),
  });
  process.stdout.write(`${report.lines.join('\n')}\n`);
  return report.failed > 0 ? 1 : 0;
}
