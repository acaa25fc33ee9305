import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { parse } from 'yaml';

import { blocksOf } from '../../docs/markdown-blocks';

const FILE = 'docs/forward-auth.md';
const BLOCKS = blocksOf(FILE, readFileSync(resolve(__dirname, '../../../..', FILE), 'utf8'));

/** The text of the one block of this language in docs/forward-auth.md, with what a machine has of its own replaced. */
export function snippet(language: string, replacements: Readonly<Record<string, string>>): string {
  const found = BLOCKS.filter((block) => block.language === language);
  const [block] = found;
  if (block === undefined || found.length > 1) throw new Error(`not one block of ${language}`);
  return Object.entries(replacements).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the block of ${language} has no \`${from}\``);
    return text.replaceAll(from, to);
  }, block.lines.join('\n'));
}

/** What the block of YAML says that begins with this word in a comment. */
export function yamlSnippet(title: string): unknown {
  const found = BLOCKS.find(
    ({ language, lines: [first = ''] }) =>
      language === 'yaml' && new RegExp(`^# ${title}\\b`).test(first),
  );
  if (found === undefined) throw new Error(`no block \`# ${title}\``);
  return parse(found.lines.join('\n'));
}
