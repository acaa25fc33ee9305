import {
  CANNOT,
  SURFACES,
  type Ask,
  type Cannot,
  type Surface,
  type Trick,
  type World,
} from './trick';

const COLUMNS = Object.keys(SURFACES) as Surface[];

const LETTERS = new Map(
  (Object.keys(CANNOT) as Cannot[]).map((each, index) => [each, String.fromCharCode(97 + index)]),
);

/** The published page: what is written by hand, and the tables of the corpus. */
export function renderPage(head: string, worlds: readonly World[]): string {
  const parts = [head.trimEnd(), renderReasons(), ...worlds.map(renderWorld)];
  return `${parts.join('\n\n')}\n`;
}

/** The list of letters that stand where a trick cannot be. */
function renderReasons(): string {
  const lines = [...LETTERS].map(([reason, letter]) => `- **${letter}**: ${CANNOT[reason]}`);
  return `Where a letter stands, the trick cannot be:\n\n${lines.join('\n')}`;
}

function renderWorld({ title, about, tricks }: World): string {
  const heads = ['Trick', 'What closes it', ...COLUMNS.map((column) => SURFACES[column])];
  const rows = [heads, heads.map(() => '---'), ...tricks.map(rowOf)];
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return `## ${title}\n\n${about}\n\n${lines.join('\n')}`;
}

function rowOf(trick: Trick): readonly string[] {
  return [
    `**${trick.id}.** ${escaped(trick.trick)}`,
    `${escaped(trick.rule)} (${trick.laws.join(', ')})`,
    ...COLUMNS.map((column) => cellOf(trick, column)),
  ];
}

function cellOf({ closed, cannot }: Trick, column: Surface): string {
  const reason = cannot[column];
  if (reason !== undefined) return LETTERS.get(reason) ?? '';
  const asks = closed.filter(({ on }) => on.includes(column));
  return [...new Set(asks.map(answerOf))].join('; ');
}

/** What is left, or the code. Messages of other systems are theirs, and shown by their first words. */
function answerOf({ eligible, code = '' }: Ask): string {
  if (eligible.length > 0) return `only ${eligible.map((ref) => `\`${ref}\``).join(', ')}`;
  const [sentence = ''] = code.split('. ');
  return code.includes(' ') ? `“${escaped(sentence)}”` : `\`${code}\``;
}

/** What nobody sees is shown, and what would end a cell is not. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replace(/[\u200b\u00ad\u202e]/gu, '');
}
