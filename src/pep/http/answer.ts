import { METRICS_FORMATS } from '../../platform/metrics/create-metrics';
import type { Metrics } from '../../platform/metrics/create-metrics';
import { worstState } from '../../ports/health-check';
import type { ReadHealth } from '../../ports/health-check';
import { preferredType } from './accept';
import { writeChecks } from './checks-page';
import type { ChecksFormat } from './checks-page';
import type { HttpAnswer } from './http-server';

/** What the pages show; each is read anew for each request. */
export interface DiagnosticsSources {
  readonly liveness: ReadHealth;
  readonly readiness: ReadHealth;
  readonly metrics: Pick<Metrics, 'render'>;
  /** Told of exceptions, which are defects. */
  readonly onDefect: (error: unknown) => void;
}

/** What of a request counts. */
export interface PageRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly accept: string | undefined;
}

const TEXT = 'text/plain; charset=utf-8';

/** Answers a request. Never rejects: what fails is a failed check, and never a passed one. */
export async function answerPage(
  sources: DiagnosticsSources,
  request: PageRequest,
): Promise<HttpAnswer> {
  const [path = '', query = ''] = request.target.split('?', 2);
  const page = PAGES.get(path);
  if (page === undefined) return plain(404, 'there are /livez, /readyz and /metrics\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return METHOD_NOT_ALLOWED;
  try {
    return await page(sources, { ...request, query });
  } catch (error) {
    sources.onDefect(error);
    return plain(503, 'the check itself failed; the log says why\n');
  }
}

/** The answer to a method that no page has. */
const METHOD_NOT_ALLOWED: HttpAnswer = {
  ...plain(405, 'only GET and HEAD are answered\n'),
  headers: { Allow: 'GET, HEAD' },
};

/** The answer to a request that came before the one before it was answered. */
export const ONE_AT_A_TIME: HttpAnswer = plain(
  400,
  'send a request once the one before is answered\n',
);

interface Asked extends PageRequest {
  readonly query: string;
}

type Page = (sources: DiagnosticsSources, asked: Asked) => HttpAnswer | Promise<HttpAnswer>;

const PAGES: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['/livez', ({ liveness }, asked) => checksAnswer('livez', liveness, asked)],
  ['/readyz', ({ readiness }, asked) => checksAnswer('readyz', readiness, asked)],
  ['/metrics', metricsAnswer],
]);

function checksAnswer(page: string, read: ReadHealth, asked: Asked): HttpAnswer {
  const checks = read();
  const format = formatOf(asked);
  return {
    status: worstState(checks) === 'failed' ? 503 : 200,
    contentType: format === 'json' ? 'application/json' : TEXT,
    body: writeChecks(page, checks, format),
  };
}

function formatOf({ accept, query }: Asked): ChecksFormat {
  if (preferredType(accept, ['text/plain', 'application/json']) === 'application/json')
    return 'json';
  return new URLSearchParams(query).has('verbose') ? 'verbose' : 'brief';
}

async function metricsAnswer(
  { metrics }: DiagnosticsSources,
  { accept }: Asked,
): Promise<HttpAnswer> {
  const type = preferredType(accept, ['text/plain', 'application/openmetrics-text']);
  const format = type === 'text/plain' ? 'prometheus' : 'open_metrics';
  return {
    status: 200,
    contentType: METRICS_FORMATS[format],
    body: await metrics.render(format),
  };
}

function plain(status: number, body: string): HttpAnswer {
  return { status, contentType: TEXT, body };
}
