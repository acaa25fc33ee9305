import { printable } from '../model/printable';
import type { BlockCode, Layer } from '../model/reason';
import type { WordingInput } from './wording/worded-block';

/** What a message can speak of. Texts come from requests and files, so they are bounded here. */
export interface MessageParts {
  readonly code: BlockCode;
  readonly layer: Layer;
  readonly model: string | undefined;
  /** The model without its pin. */
  readonly modelName: string | undefined;
  readonly policy: string;
  readonly providers: readonly string[];
  /** The kind of the requirement, list or filter that leads; empty where there is none. */
  readonly requirement: string;
  /** Whom to ask, one sentence. */
  readonly contact?: string;
}

/** Characters of a name from outside that a message repeats: enough to recognise, too few to abuse. */
const MAX_NAME_LENGTH = 128;

/** Characters of the sentence that says whom to ask. */
const MAX_CONTACT_LENGTH = 300;

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
  const message = MESSAGES[parts.code]?.(words) ?? `${words.model} is blocked: ${parts.code}`;
  return parts.contact === undefined
    ? message
    : `${message}. ${shorten(parts.contact, MAX_CONTACT_LENGTH)}`;
}

/** What only a system's own words speak of. */
export interface WordingParts {
  /** What the leading allow list, or the request's `only`, names. */
  readonly permitted: readonly string[];
  readonly httpStatus: number;
}

/** What a system's words can speak of. */
export function wordingInput(
  parts: MessageParts,
  { permitted, httpStatus }: WordingParts,
): WordingInput {
  const { code, layer, requirement, contact } = parts;
  return {
    code,
    layer,
    requirement,
    httpStatus,
    permittedList: permitted.length === 0 ? '' : listProviders(permitted),
    model: shorten(parts.model ?? ''),
    modelName: shorten(parts.modelName ?? ''),
    providers: parts.providers.slice(0, MAX_PROVIDERS).map((name) => shorten(name)),
    providerList: listProviders(parts.providers),
    ...(contact === undefined ? {} : { contact: shorten(contact, MAX_CONTACT_LENGTH) }),
  };
}

/** Fills a policy's own message, in one pass, so that what is filled in is never taken for a place again. */
export function fillMessage(template: string, parts: MessageParts): string {
  const fillers: Readonly<Record<string, () => string>> = {
    '{model}': () => shorten(parts.model ?? ''),
    '{model_name}': () => shorten(parts.modelName ?? ''),
    '{providers}': () => listProviders(parts.providers),
    '{contact}': () => shorten(parts.contact ?? '', MAX_CONTACT_LENGTH),
  };
  return template.replace(
    /\{(?:model|model_name|providers|contact)\}/g,
    (place) => fillers[place]?.() ?? place,
  );
}

function listProviders(providers: readonly string[]): string {
  const shown = providers.slice(0, MAX_PROVIDERS).map((name) => shorten(name));
  const more = providers.length - shown.length;
  const list = shown.length === 0 ? 'none' : shown.join(', ');
  return more > 0 ? `${list} and ${String(more)} more` : list;
}

/** Clients show messages in terminals and logs, which must not act on what the name of a model holds. */
function shorten(text: string, most = MAX_NAME_LENGTH): string {
  const shown = printable(text);
  return shown.length <= most ? shown : `${shown.slice(0, most)}…`;
}
