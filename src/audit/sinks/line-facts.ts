/** What a line says of itself. */
export interface LineFacts {
  /** `record`, `gap`, `note` or `rotation`; `line` for what is none of the trail's. */
  readonly kind: string;
  /** When it was made, in milliseconds since 1970; 0 where it does not say so. */
  readonly timeMs: number;
}

const KINDS = ['record', 'gap', 'note', 'rotation'] as const;

/** An instant as lines write it: UTC, with a fraction of a second or without. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/u;

/** Years that a calendar of four digits ends before: databases write later ones in other ways. */
const MAX_TIME_MS = Date.UTC(9999, 0);

type Fields = Readonly<Record<string, unknown>>;

/** The facts of a line: always the same for the same line, so that one which is sent again finds itself. */
export function factsOf(json: string): LineFacts {
  const line = fieldsOf(JSON.parse(json));
  const kind = KINDS.find((each) => each === line['kind']);
  if (kind === undefined) return { kind: 'line', timeMs: 0 };
  return { kind, timeMs: timeIn(fieldsOf(line[kind])) };
}

/** Decisions, gaps and notes say it in `at`, other records in `time`, and events in their own. */
function timeIn({ at, time, event }: Fields): number {
  const timeMs = instantMs(at ?? time ?? fieldsOf(event)['time']);
  return Number.isInteger(timeMs) && timeMs >= 0 && timeMs < MAX_TIME_MS ? timeMs : 0;
}

function instantMs(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : 0;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
