import { status } from '@grpc/grpc-js';

import type { Block } from '../../core/model/decision';
import type { Answer, Ask } from '../../ports/answer';
import { findModel, listModels } from '../../service/list-models';
import type { ModelsAsk, OfferedModel, OneModel } from '../../service/list-models';
import { afterwards } from '../../service/soon';
import type { Soon } from '../../service/soon';
import type { LimitAsk } from '../ask-limits';
import type { CallFacts } from '../call-rules';
import type { CallFailure } from '../incoming';
import { MAX_MODEL_BYTES } from '../limits';
import type { EdgeServiceParts } from '../service-factory';
import { exceedsBytes } from '../text-size';
import { createTurns } from './turns';

/** Listings that work or wait at one listener: each decides about every name that the catalog has. */
const MOST_LISTINGS = 16;

/** What there is to answer where models are asked for; `value` is in the form that OpenAI's clients read. */
export type ModelsPage =
  | { readonly kind: 'page'; readonly value: object; readonly answer: Answer }
  | {
      readonly kind: 'block';
      readonly block: Block;
      readonly httpStatus: number;
      readonly answer: Answer;
    }
  | { readonly kind: 'failure'; readonly failure: CallFailure }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Answers which models whoever asks may use. The asks name no model, and are within limits and rights. */
export interface ModelPages {
  /** All names. */
  list(ask: Ask, facts: CallFacts): Promise<ModelsPage>;
  /** One name, as it stands in a path. */
  find(ask: Ask, facts: CallFacts, name: string): Soon<ModelsPage>;
}

/** Creates what answers it for one listener. */
export function createModelPages(
  { point, rules }: Pick<EdgeServiceParts, 'point' | 'rules'>,
  limitAsk: LimitAsk,
): ModelPages {
  const turns = createTurns(MOST_LISTINGS);
  const askedAs = (ask: Ask, { pressure }: CallFacts): ModelsAsk => ({
    ask,
    pressure,
    withModel: (name) => withModel(ask, name, limitAsk),
  });
  return {
    list: async (ask, facts) => {
      const listing = turns.take(() => listModels(point, askedAs(ask, facts), nextTurn));
      if (listing === undefined) return { kind: 'failure', failure: TOO_MANY };
      const list = await listing;
      const { answer } = list;
      rules.decided('list', answer, facts);
      if ('block' in list) {
        return { kind: 'block', block: list.block, httpStatus: list.block.httpStatus, answer };
      }
      const value = { object: 'list', data: list.models.map(toEntry) };
      return { kind: 'page', value, answer };
    },
    find: (ask, facts, name) => {
      const decoded = decodedOnce(name);
      if (decoded === undefined) return { kind: 'unreadable', message: UNREADABLE };
      return afterwards(findModel(point, askedAs(ask, facts), decoded), (found) => {
        rules.decided('list', found.answer, facts);
        return pageOfOne(found);
      });
    },
  };
}

function pageOfOne(found: OneModel): ModelsPage {
  const { answer } = found;
  if ('model' in found) return { kind: 'page', value: toEntry(found.model), answer };
  const { block, isRefused } = found;
  return { kind: 'block', block, httpStatus: isRefused ? block.httpStatus : 404, answer };
}

/** What the name alone makes of the ask: limits are as for a request that names the model itself. */
function withModel(ask: Ask, model: string, limitAsk: LimitAsk): Ask {
  const problems = [...ask.request.problems, ...problemsOf(model)];
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

const UNREADABLE = 'the name of the model is no UTF-8 in percent-encoding';

/** Decoded once: what is encoded twice is another name. */
function decodedOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** No catalog says when a model was made, so that it is 0. */
function toEntry({ name, first }: OfferedModel): object {
  return { id: name, object: 'model', created: 0, owned_by: first.provider };
}
