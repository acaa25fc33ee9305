import { status } from '@grpc/grpc-js';

import { EMPTY_CONTEXT } from '../../core/model/request';
import type { CallerTraits } from '../../core/model/request';
import type { Block } from '../../core/model/decision';
import type { Ask } from '../../ports/answer';
import { findModel, listModels } from '../../service/list-models';
import type { ModelsAsk, OfferedModel } from '../../service/list-models';
import { admitAsk } from '../admit-ask';
import { createAskLimit } from '../ask-limits';
import type { LimitAsk } from '../ask-limits';
import type { CallFacts } from '../call-rules';
import type { CallFailure } from '../incoming';
import { MAX_MODEL_BYTES } from '../limits';
import type { EdgeServiceParts } from '../service-factory';
import { exceedsBytes } from '../text-size';
import { invalidArgument } from '../unary';
import { readControl } from './control';
import { errorAnswer, failureAnswer } from './error-answer';
import type { HttpAnswer } from './http-server';
import type { Route, RoutedRequest, Routes } from './router';
import { createTurns } from '../shared/turns';
import type { Turns } from '../shared/turns';

/** The caller's own traits take the place of these. */
const ANY_CALLER: CallerTraits = { rewritesModel: true, ownsClaims: false };

/** Listings that work or wait at one listener: each decides about every name that the catalog has. */
const MOST_LISTINGS = 16;

const METHODS = ['GET', 'HEAD'];

interface ModelParts extends EdgeServiceParts {
  readonly limitAsk: LimitAsk;
  readonly turns: Turns;
}

/** The routes of the models that a caller may use, in the form that OpenAI's clients read. */
export function createModelRoutes(edge: EdgeServiceParts): Routes {
  const parts: ModelParts = {
    ...edge,
    limitAsk: createAskLimit(edge.limits),
    turns: createTurns(MOST_LISTINGS),
  };
  const answering = (answer: AnswerModels): Route => ({
    methods: METHODS,
    answer: (request, facts) => {
      const asked = readAsk(parts, request, facts);
      return 'failure' in asked
        ? refused(parts, asked.failure, facts)
        : answer(parts, asked, { request, facts });
    },
  });
  return new Map([
    ['/v1/models', answering(answerList)],
    ['/v1/models/', answering(answerOne)],
  ]);
}

/** What is asked, and by whom. */
interface Call {
  readonly request: RoutedRequest;
  readonly facts: CallFacts;
}

type AnswerModels = (
  parts: ModelParts,
  asked: ModelsAsk,
  call: Call,
) => HttpAnswer | Promise<HttpAnswer>;

/** The ask that a request stands for, as its caller may ask it. */
function readAsk(
  { limitAsk }: ModelParts,
  request: RoutedRequest,
  { caller, pressure }: CallFacts,
): ModelsAsk | { readonly failure: CallFailure } {
  const control = readControl(request);
  if ('fault' in control) return invalidArgument(control.fault);
  const context = { ...EMPTY_CONTEXT, ...control };
  const limited = limitAsk({
    requestId: '',
    request: { context, caller: ANY_CALLER, problems: [] },
    detail: 'summary',
  });
  if ('failure' in limited) return limited;
  const admitted = admitAsk(limited.ask, caller);
  if ('failure' in admitted) return admitted;
  const { ask } = admitted;
  return { ask, pressure, withModel: (name) => withModel(ask, name, limitAsk) };
}

/** What the name alone makes of the ask: limits are as for a request that names the model itself. */
function withModel(ask: Ask, model: string, limitAsk: LimitAsk): Ask {
  const problems = problemsOf(model);
  const request = { ...ask.request, context: { ...ask.request.context, model }, problems };
  const limited = limitAsk({ ...ask, request });
  if ('ask' in limited) return limited.ask;
  throw new Error('a model has changed what an enforcement point may ask');
}

function problemsOf(model: string): readonly string[] {
  if (model === '') return ['the model is empty'];
  const isLong = exceedsBytes(model, MAX_MODEL_BYTES);
  return isLong ? [`the model has more than ${String(MAX_MODEL_BYTES)} bytes`] : [];
}

async function answerList(
  parts: ModelParts,
  asked: ModelsAsk,
  { facts }: Call,
): Promise<HttpAnswer> {
  const { point, rules, turns } = parts;
  const listing = turns.take(() => listModels(point, asked, nextTurn));
  if (listing === undefined) return refused(parts, TOO_MANY, facts);
  const list = await listing;
  rules.decided('list', list.answer.decision, facts);
  if ('block' in list) return blockAnswer(list.block, list.block.httpStatus);
  return json({ object: 'list', data: list.models.map(toEntry) });
}

function answerOne({ point, rules }: ModelParts, asked: ModelsAsk, call: Call): HttpAnswer {
  const name = decoded(call.request.rest);
  if (name === undefined) return UNREADABLE;
  const found = findModel(point, asked, name);
  rules.decided('list', found.answer.decision, call.facts);
  if ('model' in found) return json(toEntry(found.model));
  const { block, isRefused } = found;
  return blockAnswer(block, isRefused ? block.httpStatus : 404);
}

/** Lets everything else that waits be done first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const TOO_MANY: CallFailure = {
  code: status.RESOURCE_EXHAUSTED,
  details: 'too many lists are asked for at once; ask another instance, or later',
  reason: 'overload',
};

const UNREADABLE: HttpAnswer = errorAnswer({
  status: 400,
  code: 'invalid_request',
  message: 'the name of the model is no UTF-8 in percent-encoding',
});

/** Decoded once: what is encoded twice is another name. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function refused({ rules }: ModelParts, failure: CallFailure, { caller }: CallFacts): HttpAnswer {
  rules.refused(failure, caller);
  return failureAnswer(failure);
}

function blockAnswer({ code, message }: Block, httpStatus: number): HttpAnswer {
  return errorAnswer({ status: httpStatus, code, message, isPolicy: true });
}

/** No catalog says when a model was made, so that it is 0. */
function toEntry({ name, first }: OfferedModel): object {
  return { id: name, object: 'model', created: 0, owned_by: first.provider };
}

function json(value: object): HttpAnswer {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(value) };
}
