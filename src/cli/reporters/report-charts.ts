import { clippedText } from './clipped-text';
import { html, type Markup } from './preview-html-markup';
import type { Tone } from './preview-html-tables';
import type { AuditSummary, TimeSlice } from '../../service/report/audit-report';

/** Units of a chart, whose width is that of the page. */
const WIDTH = 720;
const HEIGHT = 180;
const ROW = 26;
const LABEL = 260;

/** Bars of one chart; the table beside it has more. */
const MAX_BARS = 12;

/** Characters of a label. */
const MAX_LABEL = 36;

/** One piece of a bar. */
interface Part {
  readonly count: number;
  readonly tone: Tone;
}

/** Decisions by outcome, a bar for each piece of time. */
export function timeChart({ overTime }: AuditSummary): Markup {
  const most = Math.max(1, ...overTime.map(({ counts }) => counts.decisions));
  const step = WIDTH / Math.max(1, overTime.length);
  const bars = overTime.map((slice, index) => column(slice, { x: index * step, step, most }));
  return figure({
    id: 'time',
    title: 'Decisions by outcome over time',
    description: `${String(overTime.length)} bars of the same length of time; the highest has ${String(most)} decisions.`,
    height: HEIGHT,
    body: bars,
  });
}

function column(
  { counts, from }: TimeSlice,
  { x, step, most }: { readonly x: number; readonly step: number; readonly most: number },
): Markup {
  const parts = partsOf(counts);
  const scale = HEIGHT / most;
  let top = HEIGHT;
  const rectangles = parts.map(({ count, tone }) => {
    const height = count * scale;
    top -= height;
    return rectangle({ x: x + step * 0.1, y: top, width: step * 0.8, height }, tone);
  });
  return html`<g><title>${from}: ${counts.decisions}</title>${rectangles}</g>`;
}

function partsOf({ block, warn, allow }: TimeSlice['counts']): readonly Part[] {
  return [
    { count: block, tone: 'bad' },
    { count: warn, tone: 'fair' },
    { count: allow, tone: 'good' },
  ];
}

/** Blocked decisions by reason. */
export function blockChart({ blocks }: AuditSummary): Markup {
  const bars = blocks.listed.map(({ key: { code, policy }, counts }) => ({
    label: policy === '' ? code : `${code} (${policy})`,
    parts: [{ count: counts.decisions, tone: 'bad' as const }],
  }));
  return barChart({ id: 'by-reason', title: 'Blocked decisions by reason', bars });
}

/** Verdicts by provider. */
export function providerChart({ providers }: AuditSummary): Markup {
  const bars = providers.listed.map(({ key, counts }) => ({
    label: key,
    parts: [
      { count: counts.eligible, tone: 'good' as const },
      { count: counts.blocked, tone: 'bad' as const },
    ],
  }));
  return barChart({ id: 'by-provider', title: 'Eligible and blocked targets by provider', bars });
}

interface Bar {
  readonly label: string;
  readonly parts: readonly Part[];
}

function barChart({
  id,
  title,
  bars,
}: {
  readonly id: string;
  readonly title: string;
  readonly bars: readonly Bar[];
}): Markup {
  const shown = bars.slice(0, MAX_BARS);
  const most = Math.max(1, ...shown.map(({ parts }) => sumOf(parts)));
  return figure({
    id,
    title,
    description: `The ${String(shown.length)} with most, of ${String(bars.length)} in the table; the longest bar is ${String(most)}.`,
    height: ROW * shown.length,
    body: shown.map((bar, index) => row(bar, index * ROW, most)),
  });
}

function row({ label, parts }: Bar, y: number, most: number): Markup {
  const scale = (WIDTH - LABEL) / most;
  let x = LABEL;
  const rectangles = parts.map(({ count, tone }) => {
    const width = count * scale;
    x += width;
    return rectangle({ x: x - width, y: y + 4, width, height: ROW - 8 }, tone);
  });
  return html`<g
    ><title>${label}: ${sumOf(parts)}</title
    ><text x="0" y="${y + ROW - 9}">${clippedText(label, MAX_LABEL)}</text>${rectangles}</g
  >`;
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rectangle({ x, y, width, height }: Box, tone: Tone): Markup {
  const [left, top, wide, high] = [x, y, width, height].map((each) => each.toFixed(1));
  return html`<rect
    class="bar ${tone}"
    x="${left ?? ''}"
    y="${top ?? ''}"
    width="${wide ?? ''}"
    height="${high ?? ''}"
  />`;
}

function figure(parts: {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly body: readonly Markup[];
}): Markup {
  const { id, title, description, height, body } = parts;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <svg
      role="img"
      viewBox="0 0 ${WIDTH} ${Math.max(height, 1)}"
      aria-labelledby="${id}-title ${id}-desc"
    >
      <title id="${id}-title">${title}</title>
      <desc id="${id}-desc">${description}</desc>
      ${body}
    </svg>
  </figure>`;
}
