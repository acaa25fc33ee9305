import type { Api } from '../../core/model/api';
import type { TargetDeclaration } from '../../core/model/catalog';
import type { Origin } from './origin';

/** One form of request that a target is sent, and how its path becomes the target's own. */
export interface ApiRoute {
  readonly name: string;
  /** The paths by which clients ask for it, matched as a whole. */
  readonly clientPath: string;
  /** What of the client's path is replaced; what a group holds is a version or a verb, never a model. */
  readonly pattern: string;
  /** The path at the provider, with the target's model where the path names one. */
  readonly replacement: string;
  /** Where the provider reads the model. */
  readonly modelIn: 'body' | 'path';
}

/** APIs that name the model in the body, by their path below `/v1`. */
const BODY_APIS = {
  chat_completions: '/chat/completions',
  responses: '/responses',
  messages: '/messages',
  embeddings: '/embeddings',
} as const satisfies Partial<Record<Api, string>>;

/** An API that names the model in the body. */
export type BodyApi = keyof typeof BODY_APIS;

const BODY_API_NAMES = Object.keys(BODY_APIS) as readonly BodyApi[];

/** APIs that Azure offers under the name of a deployment, too. */
const DEPLOYED: readonly BodyApi[] = ['chat_completions', 'embeddings'];

const WHOLE_PATH = '^/.*$';

/** What a path of Google's ends in. Which verbs there are, Ambit knows; Envoy takes no expression as long as all of them. */
const VERB = '([A-Za-z]+)';

/** What hosts speak that name the model in the path, whatever the catalog calls their APIs. */
const GEMINI_HOST = /^generativelanguage\.googleapis\.com$/;
const VERTEX_HOST = /^(?:[a-z0-9-]+-)?aiplatform\.googleapis\.com$/;
const BEDROCK_HOST = /^bedrock-runtime(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com$/;

/** The forms of request that a target is sent. None: it speaks nothing that a configuration can hold it to. */
export function routesOf(target: TargetDeclaration, origin: Origin): readonly ApiRoute[] {
  const pathRoutes = [
    ...(speaksGemini(target, origin) ? [geminiRoute(target, origin)] : []),
    ...(VERTEX_HOST.test(origin.host) ? [vertexRoute(target, origin)] : []),
    ...(BEDROCK_HOST.test(origin.host) ? [bedrockRoute(target, origin)] : []),
  ];
  const { apis } = target;
  const isPlain = apis === undefined && pathRoutes.length === 0;
  const spoken = BODY_API_NAMES.filter((api) => isPlain || apis?.includes(api) === true);
  return [...spoken.map((api) => bodyRoute(api, origin)), ...pathRoutes];
}

/** True for the paths of Vertex AI, which begin with a project, a location and a publisher. */
export function isVertexWithoutPublisher({ host, pathPrefix }: Origin): boolean {
  return VERTEX_HOST.test(host) && !/\/publishers\/[^/]+$/.test(pathPrefix);
}

function bodyRoute(api: BodyApi, { pathPrefix }: Origin): ApiRoute {
  const path = BODY_APIS[api];
  const deployed = DEPLOYED.includes(api) ? `|/openai/deployments/[^/]+${path}` : '';
  return {
    name: api,
    clientPath: `(/openai)?/v1${path}${deployed}`,
    pattern: WHOLE_PATH,
    replacement: literal(`${versioned(pathPrefix, '/v1')}${path}`),
    modelIn: 'body',
  };
}

function speaksGemini({ apis }: TargetDeclaration, { host }: Origin): boolean {
  return apis === undefined ? GEMINI_HOST.test(host) : apis.includes('gemini') && !isVertex(host);
}

function isVertex(host: string): boolean {
  return VERTEX_HOST.test(host);
}

function geminiRoute({ model }: TargetDeclaration, { pathPrefix }: Origin): ApiRoute {
  const path = (model: string): string => `/(v1|v1beta)/models/${model}:${VERB}`;
  const prefix = literal(pathPrefix);
  const version = endsInVersion(pathPrefix) ? '' : '/\\1';
  return {
    name: 'gemini',
    clientPath: path('[^/]+'),
    pattern: `^${path('[^/]+')}$`,
    replacement: `${prefix}${version}/models/${segment(model)}:\\2`,
    modelIn: 'path',
  };
}

function vertexRoute({ model }: TargetDeclaration, { pathPrefix }: Origin): ApiRoute {
  const place = '/v1(?:beta1)?/projects/[^/]+/locations/[^/]+/publishers/[^/]+/models';
  return {
    name: 'vertex',
    clientPath: `${place}/[^/]+:${VERB}`,
    pattern: `^.*:${VERB}$`,
    replacement: `${literal(pathPrefix)}/models/${segment(model)}:\\1`,
    modelIn: 'path',
  };
}

function bedrockRoute({ model }: TargetDeclaration, { pathPrefix }: Origin): ApiRoute {
  const path = '/model/[^/]+/(invoke|invoke-with-response-stream|converse|converse-stream)';
  return {
    name: 'bedrock',
    clientPath: path,
    pattern: `^${path}$`,
    replacement: `${literal(pathPrefix)}/model/${segment(model)}/\\1`,
    modelIn: 'path',
  };
}

/** The prefix with the version that the API's paths begin with, unless the prefix ends in one of its own. */
function versioned(pathPrefix: string, version: string): string {
  return endsInVersion(pathPrefix) ? pathPrefix : `${pathPrefix}${version}`;
}

function endsInVersion(pathPrefix: string): boolean {
  return /\/v\d[a-z0-9]*$/.test(pathPrefix);
}

/** A model as one segment of a path. */
function segment(model: string): string {
  return literal(encodeURIComponent(model));
}

/** In a replacement, a backslash refers to a group. */
function literal(text: string): string {
  return text.replaceAll('\\', '\\\\');
}
