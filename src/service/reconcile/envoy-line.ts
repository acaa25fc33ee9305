import { instantIn, readLineObject, textsIn } from './json-line';
import type { LineObject } from './json-line';

/** One try to send a request to a target. */
export interface AttemptLine {
  readonly kind: 'attempt';
  readonly atMs: number;
  /** Empty: there is none. */
  readonly decisionId: string;
  readonly target: string;
  /** Envoy's name of the request; may be empty. */
  readonly requestId: string;
}

/** One request of a client, with what Envoy was told about it. Texts are empty where there is none. */
export interface RequestLine {
  readonly kind: 'request';
  readonly atMs: number;
  readonly decisionId: string;
  readonly requestId: string;
  /** ALLOW, WARN, BLOCK or LIST. */
  readonly outcome: string;
  readonly bundle: string;
  readonly eligible: readonly string[];
  /** The last one that was tried. */
  readonly target: string;
  readonly attempts: number;
}

/** A line of Envoy's logs as deploy/envoy writes them. */
export type EnvoyLine = AttemptLine | RequestLine;

/** Reads a line. What is neither an attempt nor a request is unreadable: it could be either in another form. */
export function readEnvoyLine(text: string): EnvoyLine | { readonly problem: string } {
  const read = readLineObject(text);
  if ('problem' in read) return read;
  switch (read.object['log']) {
    case 'attempt':
      return readAttempt(read.object);
    case 'request':
      return readRequest(read.object);
    default:
      return { problem: 'its `log` is neither `attempt` nor `request`' };
  }
}

function readAttempt(object: LineObject): AttemptLine | { readonly problem: string } {
  const common = readCommon(object);
  const target = textIn(object['target']);
  if ('problem' in common) return common;
  if (target === undefined || target === '') return wrong('target');
  return { kind: 'attempt', ...common, target };
}

function readRequest(object: LineObject): RequestLine | { readonly problem: string } {
  const common = readCommon(object);
  const [outcome, bundle, target] = ['outcome', 'bundle', 'target'].map((key) =>
    textIn(object[key]),
  );
  const eligible = isAbsent(object['eligible']) ? [] : textsIn(object['eligible']);
  const attempts = isAbsent(object['attempts']) ? 0 : object['attempts'];
  if ('problem' in common) return common;
  if (outcome === undefined) return wrong('outcome');
  if (bundle === undefined) return wrong('bundle');
  if (target === undefined) return wrong('target');
  if (eligible === undefined) return wrong('eligible');
  if (typeof attempts !== 'number') return wrong('attempts');
  return { kind: 'request', ...common, outcome, bundle, eligible, target, attempts };
}

type Common = Pick<AttemptLine, 'atMs' | 'decisionId' | 'requestId'>;

function readCommon(object: LineObject): Common | { readonly problem: string } {
  const atMs = instantIn(object['time']);
  const decisionId = textIn(object['decision_id']);
  const requestId = textIn(object['request_id']);
  if (atMs === undefined) return wrong('time');
  if (decisionId === undefined) return wrong('decision_id');
  if (requestId === undefined) return wrong('request_id');
  return { atMs, decisionId, requestId };
}

/** Envoy writes null for what a request does not have, and `-` where a value stands in a text. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '-';
}

function textIn(value: unknown): string | undefined {
  if (isAbsent(value)) return '';
  return typeof value === 'string' ? value : undefined;
}

function wrong(key: string): { readonly problem: string } {
  return { problem: `its \`${key}\` is not what deploy/envoy writes` };
}
