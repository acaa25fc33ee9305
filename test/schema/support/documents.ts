import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeNative, judgeService, type Judge } from './judge';
import { blocksOf } from '../../e2e/docs/markdown-blocks';

const ROOT = join(__dirname, '../../..');
const FOLDERS = ['deploy', 'docs', 'test'] as const;

/** A native file that stands in the project. */
export interface WrittenFile {
  readonly place: string;
  readonly text: string;
  readonly judge: Judge;
}

function filesOf(folder: string): readonly Omit<WrittenFile, 'judge'>[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(?:ya?ml|md)$/u.test(name) && !name.includes('node_modules'))
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, name), 'utf8');
      if (!name.endsWith('.md')) return [{ place: name, text }];
      return blocksOf(name, text)
        .filter(({ language, notRun }) => language === 'yaml' && notRun === undefined)
        .map(({ line, lines }) => ({ place: `${name}:${String(line)}`, text: lines.join('\n') }));
    });
}

/** Every native file and configuration that the examples, the documents and the tests of the project have. */
export function writtenFiles(): readonly WrittenFile[] {
  return FOLDERS.flatMap(filesOf)
    .filter(({ text }) => /^apiVersion: ambit\/v1/mu.test(text))
    .map((file) => ({
      ...file,
      judge: /^kind: Service/mu.test(file.text) ? judgeService : judgeNative,
    }));
}
