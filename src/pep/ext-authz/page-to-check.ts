import { blockBody, jsonBody } from '../../core/engine/block-body';
import type { Api } from '../../core/model/api';
import type { CheckResponse } from '../../gen/envoy/service/auth/v3/external_auth';
import type { ModelsPage } from '../shared/model-pages';
import type { Reply } from '../unary';
import { deny, overwrite } from './denial';
import type { Denial } from './denial';
import { denyMetadata, listMetadata } from './dynamic-metadata';
import type { DynamicMetadata } from './dynamic-metadata';

const OK = 200;
const BAD_REQUEST = 400;

/** What OpenAI's clients, who ask for models, read errors in where the operator names no other API. */
const USUAL_API: Api = 'chat_completions';

/**
 * Answers for Envoy in the place of every provider: a denial, since nothing goes on, whose status is that of the page.
 */
export function pageToCheck(page: ModelsPage, api: Api = USUAL_API): Reply<CheckResponse> {
  switch (page.kind) {
    case 'page':
      return told({ httpStatus: OK, ...jsonBody(page.value) }, listMetadata(page.answer));
    case 'block': {
      const { block, httpStatus } = page;
      const text = { code: block.code, message: block.message, httpStatus };
      return told({ httpStatus, ...blockBody(api, text) }, denyMetadata(page.answer));
    }
    case 'failure':
      return page;
    case 'unreadable': {
      const text = {
        code: 'invalid_request',
        message: page.message,
        httpStatus: BAD_REQUEST,
      } as const;
      const metadata = { decision: 'deny', outcome: 'BLOCK', code: text.code };
      return { answer: deny({ httpStatus: BAD_REQUEST, ...blockBody(api, text) }, metadata, []) };
    }
  }
}

function told(denial: Denial, metadata: DynamicMetadata): Reply<CheckResponse> {
  const id = overwrite('x-ambit-decision-id', String(metadata['decision_id']));
  return { answer: deny(denial, metadata, [id]) };
}
