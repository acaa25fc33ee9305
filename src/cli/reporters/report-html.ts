import type { DigestOf } from '../../ports/id-source';
import type { AuditSummary } from '../../service/report/audit-report';
import { sourceOf } from './page-policy';
import { html, NOTHING, verbatim, type Markup } from './preview-html-markup';
import { badge, table, type Tone } from './preview-html-tables';
import { blockChart, providerChart, timeChart } from './report-charts';
import { unreadableIn, type AuditReport } from './report-document';
import { REPORT_STYLE } from './report-html-style';
import { CLAIM_STATES, reportTables, type ReportTable } from './report-tables';
import { reportFacts } from './report-text';
import { isProven, nothingSigned } from './trail-report';

/**
 * A report as one page that stands by itself: it loads nothing and runs nothing, and its policy for the browser
 * forbids all but its own style. What a trail says is text in it, whatever it holds.
 */
export function reportPage(report: AuditReport, digestOf: DigestOf): string {
  const style = `style-src '${sourceOf(REPORT_STYLE, digestOf)}'`;
  const policy = `default-src 'none'; ${style}; base-uri 'none'; form-action 'none'`;
  const { summary } = report;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Ambit audit report: ${summary.outcomes.decisions} decisions</title>
        ${verbatim(`<style>${REPORT_STYLE}</style>`)}
      </head>
      <body>
        ${pageHead(report)}
        <main>
          ${timeSection(summary)}${reportTables(summary).map((each) => section(each, summary))}
        </main>
        <footer>
          <p>
            Written by <code>ambit audit report</code>. It sums up what a trail says, and lists the
            most of everything; <code>--format json</code> lists up to 100 of each.
          </p>
        </footer>
      </body>
    </html>`;
  return `${page.markup}\n`;
}

function pageHead(report: AuditReport): Markup {
  const facts = reportFacts(report).map(
    ([name, words]) =>
      html`<dt>${name}</dt>
        <dd>${words}</dd>`,
  );
  return html`<header>
    <p class="muted">Ambit audit report</p>
    <h1>What was decided, and on what it rests</h1>
    ${cards(report.summary)}${notice(report)}
    <dl class="facts">${facts}</dl>
  </header>`;
}

function cards({ outcomes, gaps, claims }: AuditSummary): Markup {
  const { allow, warn, block } = outcomes;
  const entries: readonly (readonly [number, string, Tone])[] = [
    [allow, 'decisions allow', 'good'],
    [warn, 'decisions warn', 'fair'],
    [block, 'decisions block', 'bad'],
    [gaps.count, 'records missing', 'bad'],
    ...(gaps.unknown === 0 ? [] : [[gaps.unknown, 'gaps of unknown size', 'bad'] as const]),
    [claims.states.expired + claims.states.soon, 'claims expired or soon to expire', 'fair'],
  ];
  const items = entries.map(
    ([value, label, tone]) =>
      html`<li><strong class="${value === 0 ? 'off' : tone}">${value}</strong>${label}</li>`,
  );
  return html`<ul class="cards">
    ${items}
  </ul>`;
}

/** What a reader must know before any number. */
function notice({ proof, summary }: AuditReport): Markup {
  const unread = unreadableIn(summary);
  const isWrong = (proof?.findings.count ?? 0) > 0 || unread > 0;
  if (!isWrong && proof !== undefined && isProven(proof)) return NOTHING;
  const words = isWrong
    ? 'The trail is not what was written, or cannot be read as a whole: these numbers prove nothing.'
    : `Nobody has proven this trail: ${proof === undefined ? 'no key was given' : nothingSigned(proof)}.`;
  return html`<p class="notice ${isWrong ? '' : 'fair'}" role="note">${words}</p>`;
}

function timeSection(summary: AuditSummary): Markup {
  const { overTime } = summary;
  if (overTime.length === 0) return html`<p>There is no decision in this period.</p>`;
  const rows = overTime.map(({ from, to, counts: { decisions, allow, warn, block } }) =>
    rowOf([minuteOf(from), minuteOf(to), decisions, allow, warn, block]),
  );
  const heads = ['From', 'To', 'Decisions', 'Allow', 'Warn', 'Block'];
  return html`<section aria-labelledby="over-time">
    <h2 id="over-time">Over time</h2>
    ${timeChart(summary)}${legend()}
    <details>
      <summary><span class="name">The same as a table</span></summary>
      ${table({ caption: 'Decisions by outcome over time.', heads, rows })}
    </details>
  </section>`;
}

function minuteOf(instant: string): string {
  return instant.replace(/:00\.000Z$/, 'Z');
}

function legend(): Markup {
  return html`<p>
    ${badge('allow', 'good')} ${badge('warn', 'fair')} ${badge('block', 'bad')}
    <span class="muted">from the top of a bar to its foot</span>
  </p>`;
}

const CHARTS: Readonly<Record<string, (summary: AuditSummary) => Markup>> = {
  Blocks: blockChart,
  Providers: providerChart,
};

function section(
  { title, caption, heads, rows, others }: ReportTable,
  summary: AuditSummary,
): Markup {
  const id = title.toLowerCase().replaceAll(' ', '-');
  const rest = others === undefined ? NOTHING : html`<p class="muted">${others}</p>`;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${CHARTS[title]?.(summary) ?? NOTHING}
    ${table({ caption: `${caption}.`, heads, rows: rows.map((row) => (title === 'Claims' ? claimRow(row) : rowOf(row))) })}${rest}
  </section>`;
}

const STATE_TONES: ReadonlyMap<string | number, Tone> = new Map([
  [CLAIM_STATES.expired, 'bad'],
  [CLAIM_STATES.soon, 'fair'],
]);

function claimRow(cells: readonly (string | number)[]): Markup {
  const [state = ''] = cells;
  const tone = STATE_TONES.get(state);
  return rowOf(cells, tone === undefined ? html`${state}` : badge(String(state), tone));
}

function rowOf(cells: readonly (string | number)[], head?: Markup): Markup {
  const [first = '', ...rest] = cells;
  const others = rest.map((cell) =>
    typeof cell === 'number'
      ? html`<td class="number">${cell}</td>`
      : html`<td class="wide">${cell}</td>`,
  );
  return html`<tr>
    <th scope="row">${head ?? first}</th>
    ${others}
  </tr>`;
}
