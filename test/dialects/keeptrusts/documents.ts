import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(__dirname, '../../fixtures/keeptrusts');

/** Where the documents themselves lie beside a checkout, if they do. */
const SOURCES = join(__dirname, '../../../../shared/sources');

/** A document of Keeptrusts': as the fixtures' headers name it, and where its text is. */
const DOCUMENTS = [
  {
    title: 'Data Routing Policies: Controlling Which Providers See Your Data',
    source: '001_8e251d6918597667.txt',
    copy: 'article.examples.txt',
  },
  {
    title: 'Data Policies and Data Routing',
    source: '002_0465c4438957fcfd.txt',
    copy: 'reference.examples.txt',
  },
] as const;

/** One YAML example of a document, as its lines without indentation and blank lines. */
export interface Example {
  readonly document: string;
  /** Counted from 1 in its document. */
  readonly number: number;
  readonly lines: readonly string[];
}

/** Every YAML example of both documents. */
export function examplesOfDocuments(): readonly Example[] {
  return DOCUMENTS.flatMap(({ title, source, copy }) => {
    const original = join(SOURCES, source);
    const text = readFileSync(existsSync(original) ? original : join(FIXTURES, copy), 'utf8');
    return examplesIn(text).map((lines, index) => ({ document: title, number: index + 1, lines }));
  });
}

/** The example that a fixture says it holds: its header names it, and lines marked `# added` are not of it. */
export function exampleOfFixture(name: string): Example {
  const text = readFileSync(join(FIXTURES, name), 'utf8');
  const [, document] = /^# Source: Keeptrusts, "(.*)"$/mu.exec(text) ?? [];
  const [, number] = /^# Example: (\d+) of its document/mu.exec(text) ?? [];
  const lines = text.split('\n').filter((line) => !/^# |# added$/u.test(line));
  return { document: document ?? '', number: Number(number), lines: bareLines(lines) };
}

const YAML_LINE = /^(?:- )?[\w-]+:(?: .*)?$|^- "?[\w-]+"?$/u;
const FIRST_LINE = /^(?:pack|policies|policy|providers|- id):/u;

/** Examples lost their indentation where the documents were saved, so they are told by the form of their lines. */
function examplesIn(text: string): readonly (readonly string[])[] {
  const examples: string[][] = [];
  let current: string[] | undefined;
  for (const line of bareLines(text.split('\n'))) {
    if (!YAML_LINE.test(line)) current = undefined;
    else if (current !== undefined) current.push(line);
    else if (FIRST_LINE.test(line)) examples.push((current = [line]));
  }
  return examples;
}

function bareLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
