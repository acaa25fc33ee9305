import { ADAPTERS } from './adapters';
import { readChoices } from './choices';
import { runVectors } from './run-vectors';
import { readVectorFiles, type VectorFile } from './vector';

/** `npm run -s vectors -- DIR...`: exit 0 if nothing failed, 1 if something did, 2 if there is nothing to run. */
export function main(folders: readonly string[]): number {
  if (folders.length === 0) return refuse('name at least one folder of vectors');
  const files: VectorFile[] = [];
  for (const folder of folders) {
    const found = readFolder(folder);
    if (found.length === 0) return refuse(`\`${folder}\` holds no vectors`);
    files.push(...found);
  }
  const report = runVectors(files, { adapters: ADAPTERS, choices: readChoices() });
  process.stdout.write(`${report.lines.join('\n')}\n`);
  return report.failed > 0 ? 1 : 0;
}

function readFolder(folder: string): readonly VectorFile[] {
  try {
    return readVectorFiles(folder);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return [];
  }
}

function refuse(message: string): 2 {
  process.stderr.write(`${message}: npm run -s vectors -- DIR...\n`);
  return 2;
}
