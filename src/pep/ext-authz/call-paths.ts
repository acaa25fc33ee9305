import type { Api } from '../../core/model/api';
import type { BodyForm } from './body-forms';
import { readPathModel } from './path-model';
import type { CallRoute, RefusedRoute } from './route';

/** A path that calls a model. Groups: the model as the path writes it, and what is done with it. */
interface CallPath {
  readonly pattern: RegExp;
  readonly form: BodyForm;
  readonly api?: Api;
  readonly namesPlace?: boolean;
}

const MODEL = '(?<model>[^/:]+)';
/** Models of Bedrock have colons in their names (`...-v1:0`). */
const BEDROCK_MODEL = '(?<model>[^/]+)';
const PLACE = '/v1(?:beta1)?/projects/[^/:]+/locations/[^/:]+';

/** Every path that is read, exactly so. Other spellings block: a provider might read them as something else. */
const CALL_PATHS: readonly CallPath[] = [
  exact('/v1/chat/completions', 'chat_completions'),
  exact('/v1/responses', 'responses'),
  exact('/v1/messages', 'messages'),
  exact('/v1/embeddings', 'embeddings'),
  // Azure OpenAI, by deployment and by its newer paths without one.
  exact('/openai/v1/chat/completions', 'chat_completions'),
  exact('/openai/v1/responses', 'responses'),
  exact('/openai/v1/embeddings', 'embeddings'),
  matching(`/openai/deployments/${MODEL}/chat/completions`, 'chat_completions'),
  matching(`/openai/deployments/${MODEL}/embeddings`, 'embeddings'),
  matching(`/v1(?:beta)?/models/${MODEL}:(?<verb>generateContent|streamGenerateContent)`, 'gemini'),
  // Bedrock. Converse is its own format, which no API of the contract is; what is invoked has the form of its vendor.
  {
    pattern: whole(`/model/${BEDROCK_MODEL}/(?<verb>converse|converse-stream)`),
    form: 'converse',
  },
  {
    pattern: whole(`/model/${BEDROCK_MODEL}/(?<verb>invoke|invoke-with-response-stream)`),
    form: 'cloud_messages',
    api: 'messages',
  },
  {
    pattern: whole(
      `${PLACE}/publishers/google/models/${MODEL}:(?<verb>generateContent|streamGenerateContent)`,
    ),
    form: 'gemini',
    api: 'gemini',
    namesPlace: true,
  },
  {
    pattern: whole(
      `${PLACE}/publishers/anthropic/models/${MODEL}:(?<verb>rawPredict|streamRawPredict)`,
    ),
    form: 'cloud_messages',
    api: 'messages',
    namesPlace: true,
  },
];

/** The call that a path without its query stands for; undefined: none. */
export function findCall(path: string): CallRoute | RefusedRoute | undefined {
  for (const { pattern, form, api, namesPlace = false } of CALL_PATHS) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const { model, verb = '' } = match.groups ?? {};
    const spoken = api === undefined ? {} : { api };
    const call = {
      kind: 'call',
      form,
      ...spoken,
      namesPlace,
      isStreaming: isStream(verb),
    } as const;
    if (model === undefined) return call;
    const read = readPathModel(model);
    if ('problem' in read) return { kind: 'refused', ...spoken, problem: read.problem };
    return { ...call, pathModel: read.model };
  }
  return undefined;
}

function isStream(verb: string): boolean {
  return /stream/i.test(verb);
}

function exact(path: string, api: BodyForm & Api): CallPath {
  return matching(path, api);
}

function matching(path: string, api: BodyForm & Api): CallPath {
  return { pattern: whole(path), form: api, api };
}

function whole(source: string): RegExp {
  return new RegExp(`^${source}$`);
}
