import type { Block } from '../model/decision';
import type { BlockSettings } from '../model/policy';
import { REASON_CODES, type BlockCode, type Layer, type ReasonCode } from '../model/reason';
import type { RequestContext } from '../model/request';
import { blockBody, jsonBody, type BlockBody } from './block-body';
import { blockMessage, fillMessage, wordingInput, type MessageParts } from './block-message';
import type { DecisionState } from './decision-state';
import { permittedNames } from './permitted-names';
import { wordBlock } from './wording/word-block';
import type { WordedBlock } from './wording/worded-block';

/** Everything that a block says. */
export interface BlockParts {
  readonly code: BlockCode;
  readonly layer: Layer;
  readonly policy: string;
  readonly providers: readonly string[];
  /** The kind of the requirement, list or filter that leads; empty where there is none. */
  readonly requirement: string;
  /** Those of the leading policy, or of no policy. */
  readonly settings: BlockSettings;
}

/** The status of a block that no policy sets (L14). */
export const DEFAULT_STATUS = 403;

/** Builds the block, in the words and the body of the leading policy, else in the envelope of the request's api. */
export function makeBlock(state: DecisionState, parts: BlockParts): Block {
  const { context } = state.request;
  const { code, layer, policy, providers, settings } = parts;
  const words = wordsOf(state, parts);
  const worded = inWords(state, parts, words);
  const message =
    settings.message === undefined
      ? (worded?.message ?? blockMessage(words))
      : fillMessage(settings.message, words);
  const httpStatus =
    settings.isStatusFixed === true ? settings.status : (worded?.httpStatus ?? settings.status);
  const body = dialectBody(worded, message, context);
  return {
    code,
    message,
    httpStatus,
    ...(body ?? blockBody(context.api, { code, message, httpStatus })),
    layer,
    policy,
    providersConsidered: providers,
  };
}

/** A block that Ambit itself decides, with its own words and status. */
export function makeRefusal(
  context: RequestContext,
  text: { readonly code: ReasonCode; readonly message: string; readonly httpStatus: number },
): Block {
  const { code } = text;
  return {
    ...text,
    ...blockBody(context.api, text),
    layer: REASON_CODES[code],
    policy: '',
    providersConsidered: [],
  };
}

function wordsOf({ bundle, request, models }: DecisionState, parts: BlockParts): MessageParts {
  const { code, layer, policy, providers, requirement, settings } = parts;
  const { context } = request;
  const contact = settings.contact ?? bundle.settings.contact;
  return {
    code,
    layer,
    policy,
    providers,
    requirement,
    model: context.model ?? context.models[0],
    modelName: models[0]?.name,
    ...(contact === undefined ? {} : { contact }),
  };
}

/** What the system of the wording says; what only its words speak of is looked up for them alone. */
function inWords(
  state: DecisionState,
  parts: BlockParts,
  words: MessageParts,
): WordedBlock | undefined {
  const { wording, status: httpStatus } = parts.settings;
  if (wording === undefined) return undefined;
  return wordBlock(
    wording,
    wordingInput(words, { permitted: permittedNames(state, parts), httpStatus }),
  );
}

function dialectBody(
  worded: WordedBlock | undefined,
  message: string,
  { api }: RequestContext,
): BlockBody | undefined {
  const body = worded?.body(message, api);
  return body === undefined ? undefined : jsonBody(body);
}
