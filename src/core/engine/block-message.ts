import { printable } from '../model/printable';
import type { BlockCode } from '../model/reason';

/** What a message can speak of. Texts come from requests and files, so they are bounded here. */
export interface MessageParts {
  readonly code: BlockCode;
  readonly model: string | undefined;
  readonly policy: string;
  readonly providers: readonly string[];
}

/** Characters of a name from outside that a message repeats: enough to recognise, too few to abuse. */
const MAX_NAME_LENGTH = 128;

/** Providers that a message lists. */
const MAX_PROVIDERS = 16;

/** Words for a message, bounded and marked. */
interface Words {
  readonly model: string;
  readonly policy: string;
  readonly considered: string;
}

/** The default message by code. Codes that Ambit itself refuses with bring their own. */
const MESSAGES: Partial<Readonly<Record<BlockCode, (words: Words) => string>>> = {
  no_compliant_provider: ({ model, policy, considered }) =>
    `no provider for ${model} meets the requirements of ${policy}; ${considered}`,
  provider_not_allowed: ({ model, policy, considered }) =>
    `no provider for ${model} is allowed by ${policy}; ${considered}`,
  model_not_allowed: ({ model, policy, considered }) =>
    `${model} is not allowed by ${policy}; ${considered}`,
  request_filters_leave_none: ({ model, considered }) =>
    `no provider for ${model} passes the filters of the request itself; ${considered}`,
  unknown_model: ({ model }) => `${model} is not in the catalog`,
  unknown_target: ({ model }) => `no target for ${model} is in the catalog`,
  nested_gateway: ({ model }) =>
    `every target for ${model} routes on by itself, so where the request ends is unknown`,
};

/** The default message of a block. Prose may change; clients go by the code. */
export function blockMessage(parts: MessageParts): string {
  const words: Words = {
    model: parts.model === undefined ? 'this request' : `\`${shorten(parts.model)}\``,
    policy: parts.policy === '' ? 'policy' : `policy \`${parts.policy}\``,
    considered: `providers considered: ${listProviders(parts.providers)}`,
  };
  return MESSAGES[parts.code]?.(words) ?? `${words.model} is blocked: ${parts.code}`;
}

/** Fills a policy's own message, in one pass, so that what is filled in is never taken for a place again. */
export function fillMessage(template: string, parts: MessageParts): string {
  return template.replace(/\{(?:model|providers)\}/g, (place) =>
    place === '{model}' ? shorten(parts.model ?? '') : listProviders(parts.providers),
  );
}

function listProviders(providers: readonly string[]): string {
  const shown = providers.slice(0, MAX_PROVIDERS).map(shorten);
  const more = providers.length - shown.length;
  const list = shown.length === 0 ? 'none' : shown.join(', ');
  return more > 0 ? `${list} and ${String(more)} more` : list;
}

/** Clients show messages in terminals and logs, which must not act on what the name of a model holds. */
function shorten(text: string): string {
  const shown = printable(text);
  return shown.length <= MAX_NAME_LENGTH ? shown : `${shown.slice(0, MAX_NAME_LENGTH)}…`;
}
