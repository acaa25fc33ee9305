import type { CheckRequest, CheckResponse } from '../../gen/envoy/service/auth/v3/external_auth';
import type { CallFacts } from '../call-rules';
import type { CallFailure } from '../incoming';
import type { EdgeServiceParts } from '../service-factory';
import type { CheckAnswerer, MakeCheckAnswerer } from '../shared/answer-check';
import { invalidArgument } from '../unary';
import { checkAnswer } from './check-answer';
import { readOrFault } from './control-headers';
import { failureAnswer } from './error-answer';
import type { HttpAnswer } from './http-server';
import { originalBelow, originalDescribed } from './original-request';
import type { OriginalRequest } from './original-request';
import { readProxyControl } from './proxy-control';
import type { Route, RoutedRequest, Routes } from './router';
import { toCheck } from './to-check';
import type { DescribedRequest } from './to-check';

/** Creates the routes by which proxies ask over HTTP whether a request may go on, and to whom. */
export function createCheckRoutes(edge: EdgeServiceParts, make: MakeCheckAnswerer): Routes {
  const parts: CheckParts = { ...edge, answerer: make(edge) };
  const asking = (originalOf: OriginalOf): Route => ({
    methods: 'any',
    answer: (request, facts) => answerRequest({ ...parts, originalOf }, request, facts),
  });
  return new Map([
    // Envoy's `http_service`: the request itself, with its query, below a path.
    ['/ext-authz/', asking(originalBelow)],
    // What nginx, Caddy, Traefik and others ask. A query is the client's own, where a proxy leaves it there.
    ['/forward-auth', asking(originalDescribed)],
  ]);
}

interface CheckParts extends EdgeServiceParts {
  readonly answerer: CheckAnswerer;
}

/** Tells the request that is asked about. May throw a ControlFault. */
type OriginalOf = (request: RoutedRequest) => OriginalRequest;

async function answerRequest(
  parts: CheckParts & { readonly originalOf: OriginalOf },
  request: RoutedRequest,
  facts: CallFacts,
): Promise<HttpAnswer> {
  const { rawHeaders, readBody } = request;
  const described = readOrFault(() => ({
    original: parts.originalOf(request),
    control: readProxyControl(rawHeaders),
    rawHeaders,
  }));
  if ('fault' in described) return refused(parts, invalidArgument(described.fault).failure, facts);
  const reading = await readBody(parts.limits.check_bytes);
  const answer =
    'failure' in reading
      ? refused(parts, reading.failure, facts)
      : await answerDescribed(parts, { ...described, body: reading.body }, facts);
  return withDenialStatus(answer, described.control.denialStatus);
}

async function answerDescribed(
  parts: CheckParts,
  { body, ...described }: DescribedRequest & { readonly body: Buffer },
  facts: CallFacts,
): Promise<HttpAnswer> {
  const read = readOrFault(() => ({ check: toCheck(described, body) }));
  if ('fault' in read) return refused(parts, invalidArgument(read.fault).failure, facts);
  return answerCheck(parts, read.check, facts);
}

async function answerCheck(
  parts: CheckParts,
  check: CheckRequest,
  facts: CallFacts,
): Promise<HttpAnswer> {
  // Waiting for a body is no work.
  const reply = await parts.answerer.answer(check, { ...facts, startedMs: performance.now() });
  return 'failure' in reply ? refused(parts, reply.failure, facts) : checkAnswer(reply.answer);
}

function refused(
  { rules, answerer }: CheckParts,
  failure: CallFailure,
  facts: CallFacts,
): HttpAnswer {
  rules.refused(failure, facts);
  const denial: CheckResponse | undefined = answerer.denialFor(failure);
  return denial === undefined ? failureAnswer(failure) : checkAnswer(denial);
}

/** Never makes a yes of a no, nor a no of what Ambit itself failed at. */
function withDenialStatus(answer: HttpAnswer, denialStatus: number | undefined): HttpAnswer {
  const isDenial = answer.status >= 400 && answer.status < 500;
  if (denialStatus === undefined || !isDenial) return answer;
  const told = { 'x-ambit-status': String(answer.status) };
  return { ...answer, status: denialStatus, headers: { ...answer.headers, ...told } };
}
