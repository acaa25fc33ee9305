import { join } from 'node:path';

import { seededSource } from '../../../generators/source';
import type { Message } from '../../../contract/support/client';
import { SEED } from '../../../laws/support/runs';

/** A file of a set. */
export interface SetFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/** How the documents of a set are spread over files: one each, or all in one. */
export type Layout = 'many files' | 'one file';

/** A line of a document, told by a text that only it has. */
interface Mark {
  readonly file: string;
  readonly line: number;
}

/** Documents that a set's rules are spread over, so that an answer shows which version of each of them it saw. */
const PARTS = [0, 1, 2, 3] as const;

/** The one file of a set in one. */
const ONE_FILE = 'set.yaml';

/** Asks about every target of a set. */
export const CANDIDATES = PARTS.flatMap((part) =>
  ['a', 'b', 'c'].map((kind) => ({ target: `p${String(part)}/${kind}` })),
);

const DEFAULT = '  default: block';

interface Document {
  readonly name: string;
  readonly lines: readonly string[];
}

const head = (kind: string, name: string): readonly string[] => [
  'apiVersion: ambit/v1',
  `kind: ${kind}`,
  `metadata: { name: ${name} }`,
  'spec:',
];

/** Chooses what the set blocks: never all and never nothing, so that both kinds of verdict tell. */
function blocks(number: number): ReadonlySet<string> {
  const source = seededSource(SEED ^ Math.imul(number, 0x9e37_79b1));
  const targets = CANDIDATES.map(({ target }) => target);
  const chosen = targets.filter(() => source.below(2) === 1);
  const some = chosen.length === 0 ? targets.slice(0, 1) : chosen;
  return new Set(some.length === targets.length ? some.slice(1) : some);
}

const targetLine = (target: string, days: number): string =>
  `        - { id: ${target}, model: ${target.replace('/', '-')}, claims: { retention_days: ${String(days)} } }`;

/** Days that no other set claims. */
const daysOf = (number: number): number => number + 1;

function documentsOf(number: number): readonly Document[] {
  const blocked = blocks(number);
  const days = (target: string): number => (blocked.has(target) ? daysOf(number) : 0);
  const catalogs = PARTS.map((part) => {
    const id = `p${String(part)}`;
    const [a, b, c] = ['a', 'b', 'c'].map((kind) => `${id}/${kind}`) as [string, string, string];
    const targets = [targetLine(a, days(a)), targetLine(b, days(b)), targetLine(c, 0)];
    const lines = ['  providers:', `    - id: ${id}`, '      targets:', ...targets];
    return { name: `catalog-${String(part)}`, lines: [...head('Catalog', id), ...lines] };
  });
  const policies = PARTS.map((part) => {
    const denies = blocked.has(`p${String(part)}/c`)
      ? [`  models: { deny: [p${String(part)}-c] }`]
      : [];
    const rules = [
      '  log_provider_selection: false',
      '  requirements:',
      '    max_retention_days: 0',
    ];
    const name = `policy-${String(part)}`;
    return { name, lines: [...head('Policy', name), ...rules, ...denies] };
  });
  const bundle = [...head('Bundle', 'drill'), DEFAULT, `  revision: ${String(number)}`];
  return [{ name: 'bundle', lines: bundle }, ...catalogs, ...policies];
}

/** So many lines stand before the first document that no line of two sets has the same number. */
const padding = (number: number): readonly string[] => Array.from({ length: number }, () => '#');

function filesOf(
  number: number,
  documents: readonly Document[],
  layout: Layout,
): readonly SetFile[] {
  const text = (lines: readonly string[]): string =>
    `${[...padding(number), ...lines].join('\n')}\n`;
  if (layout === 'many files') {
    return documents.map(({ name, lines }) => ({ name: `${name}.yaml`, content: text(lines) }));
  }
  const all = documents.flatMap(({ lines }, index) => (index === 0 ? lines : ['---', ...lines]));
  return [{ name: ONE_FILE, content: text(all) }];
}

/** The set of a number, which is its revision. */
export function goodSet(number: number, layout: Layout): readonly SetFile[] {
  return filesOf(number, documentsOf(number), layout);
}

/** What the answer about all candidates must be, place by place, where the files of the set lie in `directory`. */
export function expectedAnswer(number: number, layout: Layout, directory: string): string {
  const places = placesOf(number, layout, directory);
  const at = (document: string, text: string): string => {
    const { file, line } = places(document, text);
    return `${file}:${String(line)}`;
  };
  const blocked = blocks(number);
  const verdicts = CANDIDATES.map(({ target }) => {
    if (!blocked.has(target)) return `${target} eligible`;
    const part = target.slice(1, 2);
    if (target.endsWith('c')) {
      return `${target} ${reason('model_denied', at(`policy-${part}`, 'deny'), '', `entry \`p${part}-c\``)}`;
    }
    const claim = at(`catalog-${part}`, `id: ${target},`);
    const observed = `retention_days: ${String(daysOf(number))}`;
    const reasons = PARTS.map((each) =>
      reason('claim_contrary', at(`policy-${String(each)}`, 'max_retention_days'), claim, observed),
    );
    return `${target} ${reasons.join(' ')}`;
  });
  return verdicts.join('\n');
}

const reason = (...parts: readonly string[]): string => `<${parts.join('|')}>`;

function placesOf(
  number: number,
  layout: Layout,
  directory: string,
): (document: string, text: string) => Mark {
  let before = number;
  const starts = new Map<string, { readonly document: Document; readonly line: number }>();
  for (const document of documentsOf(number)) {
    starts.set(document.name, { document, line: layout === 'one file' ? before : number });
    before += document.lines.length + 1;
  }
  return (name, text) => {
    const { document, line } = starts.get(name) ?? { document: undefined, line: 0 };
    const index = document?.lines.findIndex((each) => each.includes(text)) ?? -1;
    if (index < 0) throw new Error(`no line of \`${name}\` has \`${text}\``);
    const file = join(directory, layout === 'one file' ? ONE_FILE : `${name}.yaml`);
    return { file, line: line + index + 1 };
  };
}

interface WireReason {
  readonly code: string;
  readonly observed?: string;
  readonly source?: Mark;
  readonly claim_source?: Mark;
}

interface WireVerdict {
  readonly ref: string;
  readonly eligible: boolean;
  readonly reasons: readonly WireReason[];
}

/** What an answer says, in the words of `expectedAnswer`. */
export function describeAnswer(answer: Message): string {
  const { verdicts } = answer as unknown as { readonly verdicts: readonly WireVerdict[] };
  return verdicts.map(describeVerdict).join('\n');
}

function describeVerdict({ ref, eligible, reasons }: WireVerdict): string {
  if (eligible) return `${ref} eligible`;
  const at = (mark: Mark | null | undefined): string =>
    mark === undefined || mark === null ? '' : `${mark.file}:${String(mark.line)}`;
  const told = reasons.map(({ code, source, claim_source, observed }) =>
    reason(code, at(source), at(claim_source), observed ?? ''),
  );
  return `${ref} ${told.join(' ')}`;
}

/** What is wrong with a set that must not be taken. */
interface Flaw {
  /** The code of the finding. */
  readonly code: string;
  /** The line of the set, and what stands there instead; the last line that has the text. */
  readonly line: string;
  readonly becomes: readonly string[];
  /** The text in the line that the finding names; absent: it is about the whole file. */
  readonly at?: string;
  /** True: the file ends there. */
  readonly cut?: boolean;
}

const LAST_TARGET = targetLine('p3/c', 0);

const FLAWS: Readonly<Record<string, Flaw>> = {
  'an unknown key': {
    code: 'unknown_key',
    line: '    max_retention_days: 0',
    becomes: ['    max_retention_dayz: 0'],
    at: 'max_retention_dayz',
  },
  'a wrong value': {
    code: 'negative_number',
    line: '    max_retention_days: 0',
    becomes: ['    max_retention_days: -1'],
    at: 'max_retention_days: -1',
  },
  'what is no YAML': {
    code: 'syntax_error',
    line: LAST_TARGET,
    becomes: [`${LAST_TARGET}]`],
    at: 'p3/c',
  },
  'a file that is cut off': {
    code: 'syntax_error',
    line: LAST_TARGET,
    becomes: ['        - { id: p3/c, mod'],
    at: 'p3/c',
    cut: true,
  },
  'a file that is not there': {
    code: 'unreadable_file',
    line: DEFAULT,
    becomes: [DEFAULT, '  include: [{ file: gone.yaml }]'],
    at: 'gone.yaml',
  },
  'a denial of what is not there': {
    code: 'deny_matches_nothing',
    line: '  requirements:',
    becomes: ['  providers: { deny: [nobody] }', '  requirements:'],
    at: 'nobody',
  },
  'bytes that are no text': {
    code: 'unreadable_file',
    line: LAST_TARGET,
    becomes: [LAST_TARGET, '# \u{fffd}'],
  },
};

/** All the ways in which a set is bad: what an author, a tool or a broken transfer does to one of its files. */
export const FLAW_NAMES = Object.keys(FLAWS);

/** A set that must be refused, and the finding that shows it. */
export interface BadSet {
  readonly files: readonly SetFile[];
  readonly code: string;
  /** The line that the finding names; 0: it is about the whole file. */
  readonly line: number;
}

/** The set of a number with one flaw; everything else of it is as good as that of any other number. */
export function badSet(number: number, layout: Layout, flawName: string): BadSet {
  const flaw = FLAWS[flawName];
  if (flaw === undefined) throw new Error(`there is no flaw \`${flawName}\``);
  const files = goodSet(number, layout);
  const chosen = files.findLast(({ content }) => String(content).includes(flaw.line));
  if (chosen === undefined) throw new Error(`no file has \`${flaw.line}\``);
  const lines = String(chosen.content).split('\n');
  const index = lines.findLastIndex((line) => line === flaw.line);
  const after = flaw.cut === true ? [] : lines.slice(index + 1);
  const broken = [...lines.slice(0, index), ...flaw.becomes, ...after];
  const { at, code } = flaw;
  return {
    files: files.map((file) =>
      file === chosen ? { name: file.name, content: encode(broken.join('\n')) } : file,
    ),
    code,
    line: at === undefined ? 0 : broken.findLastIndex((line) => line.includes(at)) + 1,
  };
}

/** The sign of a character that could not be read becomes a byte that is none. */
function encode(text: string): string | Buffer {
  return text.includes('\u{fffd}')
    ? Buffer.from(text.replace('\u{fffd}', '\u{ff}'), 'latin1')
    : text;
}
