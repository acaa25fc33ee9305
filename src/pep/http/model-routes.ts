import { EMPTY_CONTEXT } from '../../core/model/request';
import type { CallerTraits } from '../../core/model/request';
import type { Ask } from '../../ports/answer';
import type { Soon } from '../../service/soon';
import { admitAsk } from '../admit-ask';
import { createAskLimit } from '../ask-limits';
import type { LimitAsk } from '../ask-limits';
import type { CallFacts } from '../call-rules';
import type { CallFailure } from '../incoming';
import type { EdgeServiceParts } from '../service-factory';
import { createModelPages } from '../shared/model-pages';
import type { ModelPages, ModelsPage } from '../shared/model-pages';
import { invalidArgument } from '../unary';
import { readControl } from './control';
import { errorAnswer, failureAnswer } from './error-answer';
import type { HttpAnswer } from './http-server';
import type { Route, RoutedRequest, Routes } from './router';

/** The caller's own traits take the place of these. */
const ANY_CALLER: CallerTraits = { rewritesModel: true, ownsClaims: false };

const METHODS = ['GET', 'HEAD'];

interface ModelParts extends EdgeServiceParts {
  readonly limitAsk: LimitAsk;
  readonly pages: ModelPages;
}

/** The routes of the models that a caller may use, in the form that OpenAI's clients read. */
export function createModelRoutes(edge: EdgeServiceParts): Routes {
  const limitAsk = createAskLimit(edge.limits);
  const parts: ModelParts = { ...edge, limitAsk, pages: createModelPages(edge, limitAsk) };
  const answering = (find: FindPage): Route => ({
    methods: METHODS,
    answer: async (request, facts) => {
      const asked = readAsk(parts, request, facts);
      if ('failure' in asked) return refused(parts, asked.failure, facts);
      return pageAnswer(parts, await find(asked.ask, facts, request.rest), facts);
    },
  });
  return new Map([
    ['/v1/models', answering((ask, facts) => parts.pages.list(ask, facts))],
    ['/v1/models/', answering((ask, facts, name) => parts.pages.find(ask, facts, name))],
  ]);
}

type FindPage = (ask: Ask, facts: CallFacts, rest: string) => Soon<ModelsPage>;

/** The ask that a request stands for, as its caller may ask it. */
function readAsk(
  { limitAsk }: ModelParts,
  request: RoutedRequest,
  facts: CallFacts,
): { readonly ask: Ask } | { readonly failure: CallFailure } {
  const control = readControl(request);
  if ('fault' in control) return invalidArgument(control.fault);
  const context = { ...EMPTY_CONTEXT, ...control };
  const limited = limitAsk({
    requestId: '',
    request: { context, caller: ANY_CALLER, problems: [] },
    detail: 'summary',
  });
  return 'failure' in limited ? limited : admitAsk(limited.ask, facts);
}

function pageAnswer(parts: ModelParts, page: ModelsPage, facts: CallFacts): HttpAnswer {
  switch (page.kind) {
    case 'page':
      return { status: 200, contentType: 'application/json', body: JSON.stringify(page.value) };
    case 'block': {
      const { code, message } = page.block;
      return errorAnswer({ status: page.httpStatus, code, message, isPolicy: true });
    }
    case 'failure':
      return refused(parts, page.failure, facts);
    case 'unreadable':
      return errorAnswer({ status: 400, code: 'invalid_request', message: page.message });
  }
}

function refused({ rules }: ModelParts, failure: CallFailure, facts: CallFacts): HttpAnswer {
  rules.refused(failure, facts);
  return failureAnswer(failure);
}
