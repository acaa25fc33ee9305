import type { Block } from '../model/decision';
import type { BlockSettings } from '../model/policy';
import type { RequestContext } from '../model/request';
import type { BlockCode, Layer } from '../model/reason';
import { blockBody } from './block-body';
import { blockMessage, fillMessage } from './block-message';

/** Everything that a block says. */
export interface BlockParts {
  readonly code: BlockCode;
  readonly layer: Layer;
  readonly policy: string;
  readonly providers: readonly string[];
  /** The leading policy's settings; absent where no policy leads. */
  readonly settings?: BlockSettings;
  /** Set where Ambit itself refuses, with its own words and status. */
  readonly refusal?: { readonly message: string; readonly httpStatus: number };
}

/** The status of a block that no policy sets (L14). */
const DEFAULT_STATUS = 403;

/** Builds the block, its body in the envelope of the request's api. */
export function makeBlock(context: RequestContext, parts: BlockParts): Block {
  const { code, layer, policy, providers, settings, refusal } = parts;
  const words = { code, model: context.model ?? context.models[0], policy, providers };
  const message =
    refusal?.message ??
    (settings?.message === undefined ? blockMessage(words) : fillMessage(settings.message, words));
  const httpStatus = refusal?.httpStatus ?? settings?.status ?? DEFAULT_STATUS;
  return {
    code,
    message,
    httpStatus,
    ...blockBody(context.api, { code, message, httpStatus }),
    layer,
    policy,
    providersConsidered: providers,
  };
}
