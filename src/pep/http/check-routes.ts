import type { CheckRequest, CheckResponse } from '../../gen/envoy/service/auth/v3/external_auth';
import type { CallFacts } from '../call-rules';
import type { CallFailure } from '../incoming';
import type { EdgeServiceParts } from '../service-factory';
import type { CheckAnswerer, MakeCheckAnswerer } from '../shared/answer-check';
import { invalidArgument } from '../unary';
import { checkAnswer } from './check-answer';
import { ControlFault, readOrFault } from './control-headers';
import { failureAnswer } from './error-answer';
import type { HttpAnswer } from './http-server';
import { originalBelow, originalDescribed } from './original-request';
import type { OriginalRequest } from './original-request';
import type { Route, RoutedRequest, Routes } from './router';
import { toCheck } from './to-check';

/** Creates the routes by which proxies ask over HTTP whether a request may go on, and to whom. */
export function createCheckRoutes(edge: EdgeServiceParts, make: MakeCheckAnswerer): Routes {
  const parts: CheckParts = { ...edge, answerer: make(edge) };
  const asking = (form: CheckForm): Route => ({
    methods: 'any',
    answer: (request, facts) => answerRequest({ ...parts, form }, request, facts),
  });
  return new Map([
    ['/ext-authz/', asking(EXT_AUTHZ)],
    ['/forward-auth', asking(FORWARD_AUTH)],
  ]);
}

interface CheckParts extends EdgeServiceParts {
  readonly answerer: CheckAnswerer;
}

/** A form in which proxies ask. Both may throw a ControlFault. */
interface CheckForm {
  readonly originalOf: (request: RoutedRequest) => OriginalRequest;
  /** The status in the place of every other one that denies; undefined: each has its own. */
  readonly denialStatusOf: (request: RoutedRequest) => number | undefined;
}

/** Envoy's `http_service`: the request itself, with its query, below a path. */
const EXT_AUTHZ: CheckForm = { originalOf: originalBelow, denialStatusOf: () => undefined };

/** What nginx, Caddy, Traefik and others ask: about a request that headers describe. */
const FORWARD_AUTH: CheckForm = { originalOf: originalDescribed, denialStatusOf };

/** The statuses that every proxy tells its client, whatever it is. */
const TOLD_STATUSES: ReadonlyMap<string, number> = new Map([
  ['deny_status=401', 401],
  ['deny_status=403', 403],
]);

function denialStatusOf({ query }: RoutedRequest): number | undefined {
  if (query === '') return undefined;
  const told = TOLD_STATUSES.get(query);
  if (told !== undefined) return told;
  throw new ControlFault(
    'the query is not known; known are `deny_status=401` and `deny_status=403`',
  );
}

type FormParts = CheckParts & { readonly form: CheckForm };

async function answerRequest(
  parts: FormParts,
  request: RoutedRequest,
  facts: CallFacts,
): Promise<HttpAnswer> {
  const described = readOrFault(() => ({
    original: parts.form.originalOf(request),
    denialStatus: parts.form.denialStatusOf(request),
  }));
  if ('fault' in described) return refused(parts, invalidArgument(described.fault).failure, facts);
  const { original, denialStatus } = described;
  return withDenialStatus(
    await answerOriginal(parts, { ...request, original }, facts),
    denialStatus,
  );
}

async function answerOriginal(
  parts: CheckParts,
  asked: RoutedRequest & { readonly original: OriginalRequest },
  facts: CallFacts,
): Promise<HttpAnswer> {
  const { original, rawHeaders } = asked;
  const reading = await asked.readBody(parts.limits.check_bytes);
  if ('failure' in reading) return refused(parts, reading.failure, facts);
  const read = readOrFault(() => ({ check: toCheck(original, { rawHeaders, ...reading }) }));
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
  { caller }: CallFacts,
): HttpAnswer {
  rules.refused(failure, caller);
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
