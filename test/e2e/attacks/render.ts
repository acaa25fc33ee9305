import { TRICKS } from './tricks';
import type { Fate, Trick } from './tricks';

const WORDS: Readonly<Record<Fate, string>> = {
  refused: 'refused, nothing sent',
  judged: 'goes on as judged',
};

/** The tables of docs/security/attacks.md, one a group. */
export function renderTricks(): string {
  const groups = [...new Set(TRICKS.map(({ group }) => group))];
  return groups
    .map((title) =>
      renderGroup(
        title,
        TRICKS.filter(({ group }) => group === title),
      ),
    )
    .join('\n\n');
}

function renderGroup(title: string, tricks: readonly Trick[]): string {
  const rows = tricks.map(
    ({ name, body, blind }) => `| ${name} | ${WORDS[body]} | ${WORDS[blind ?? body]} |`,
  );
  const head = ['| Trick | Ambit sees the body | prompt-blind |', '| --- | --- | --- |'];
  return [`### ${title}`, '', ...head, ...rows].join('\n');
}
