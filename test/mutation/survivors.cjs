const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const PAGE = 'docs/mutation-testing.md';
const REPORT = '.test-results/mutation/mutation.json';

/** Longer texts are cut: a page is no place for a whole function. */
const MAX_SHOWN = 120;

/** One line of the page: "- `file`: `the line as it is` → `as a mutant has it`, `as another has it`". */
const EXPLAINED = /^- `([^`]+\.ts)`: (`+) ?(.+?) ?\2 → (.+)$/;

const show = (text) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN)}…`;
};

/** Code in Markdown; what holds a backtick is marked with two. */
const mark = (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

const unmark = (text) => [...text.matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , inner]) => inner);

/** By file and what stands there: the mutants that the page explains. */
function readExplained() {
  const explained = new Map();
  for (const line of readFileSync(join(ROOT, PAGE), 'utf8').split('\n')) {
    const [, file, , original, replacements] = EXPLAINED.exec(line) ?? [];
    if (file === undefined) continue;
    const key = `${file}: ${original}`;
    explained.set(key, [...(explained.get(key) ?? []), ...unmark(replacements)]);
  }
  return explained;
}

/** The lines that a mutant changes, as they are and as it makes them. */
function linesOf(source, { location: { start, end }, replacement }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const before = lines[0].slice(0, start.column - 1);
  const after = lines[lines.length - 1].slice(end.column - 1);
  return { original: show(lines.join('\n')), mutated: show(before + replacement + after) };
}

function readSurvivors(report) {
  return Object.entries(report.files).flatMap(([path, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map((mutant) => ({
        file: path.replace('src/core/', ''),
        ...linesOf(source, mutant),
      })),
  );
}

function main() {
  if (!existsSync(join(ROOT, REPORT))) {
    console.error(`survivors: no report \`${REPORT}\`; run \`npm run test:mutation\``);
    return 2;
  }
  const report = JSON.parse(readFileSync(join(ROOT, REPORT), 'utf8'));
  const survivors = readSurvivors(report);
  const explained = readExplained();
  const open = survivors.filter(
    ({ file, original, mutated }) =>
      explained.get(`${file}: ${original}`)?.includes(mutated) !== true,
  );
  for (const { file, original, mutated } of open) {
    console.log(`- \`${file}\`: ${mark(original)} → ${mark(mutated)}`);
  }
  const { length } = survivors;
  console.log(
    `${length} survived, ${length - open.length} explained in ${PAGE}, ${open.length} open`,
  );
  return open.length === 0 ? 0 : 1;
}

process.exitCode = main();
