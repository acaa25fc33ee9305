import type { Assurance, ClaimLevel } from '../../core/model/claim';
import { APIS } from '../../core/model/api';
import type { Api } from '../../core/model/api';
import type { Outcome } from '../../core/model/decision';
import type { Severity } from '../../core/model/finding';
import type { PolicyMode } from '../../core/model/policy';
import type { Layer, ReasonState } from '../../core/model/reason';
import {
  Assurance as WireAssurance,
  ClaimLevel as WireClaimLevel,
} from '../../gen/ambit/v1/catalog';
import { Api as WireApi } from '../../gen/ambit/v1/context';
import { Outcome as WireOutcome } from '../../gen/ambit/v1/decision';
import {
  ServingState as WireServingState,
  Severity as WireSeverity,
} from '../../gen/ambit/v1/policy_service';
import { Layer as WireLayer, ReasonState as WireReasonState } from '../../gen/ambit/v1/reason';
import { PolicyMode as WirePolicyMode } from '../../gen/ambit/v1/trace';
import type { ServingState } from '../../service/status';

/** The wire's number of each API. */
export const WIRE_APIS: Readonly<Record<Api, WireApi>> = {
  chat_completions: WireApi.API_CHAT_COMPLETIONS,
  responses: WireApi.API_RESPONSES,
  messages: WireApi.API_MESSAGES,
  gemini: WireApi.API_GEMINI,
  embeddings: WireApi.API_EMBEDDINGS,
  completions: WireApi.API_COMPLETIONS,
  images: WireApi.API_IMAGES,
  audio_speech: WireApi.API_AUDIO_SPEECH,
  audio_transcriptions: WireApi.API_AUDIO_TRANSCRIPTIONS,
  moderations: WireApi.API_MODERATIONS,
  rerank: WireApi.API_RERANK,
  realtime: WireApi.API_REALTIME,
  batch: WireApi.API_BATCH,
  files: WireApi.API_FILES,
};

const APIS_BY_NUMBER: ReadonlyMap<number, Api> = new Map(APIS.map((api) => [WIRE_APIS[api], api]));

/** The API of a number; undefined for numbers that are not listed, and for `API_UNSPECIFIED`. */
export function apiFromWire(number: number): Api | undefined {
  return APIS_BY_NUMBER.get(number);
}

/** The wire's number of each outcome. */
export const WIRE_OUTCOMES: Readonly<Record<Outcome, WireOutcome>> = {
  allow: WireOutcome.OUTCOME_ALLOW,
  warn: WireOutcome.OUTCOME_WARN,
  block: WireOutcome.OUTCOME_BLOCK,
};

/** The wire's number of each layer. */
export const WIRE_LAYERS: Readonly<Record<Layer, WireLayer>> = {
  identity: WireLayer.LAYER_IDENTITY,
  request_filters: WireLayer.LAYER_REQUEST_FILTERS,
  provider_lists: WireLayer.LAYER_PROVIDER_LISTS,
  model_lists: WireLayer.LAYER_MODEL_LISTS,
  catalog: WireLayer.LAYER_CATALOG,
  requirements: WireLayer.LAYER_REQUIREMENTS,
};

/** The wire's number of each state. */
export const WIRE_REASON_STATES: Readonly<Record<ReasonState | 'satisfied', WireReasonState>> = {
  contrary: WireReasonState.REASON_STATE_CONTRARY,
  unknown: WireReasonState.REASON_STATE_UNKNOWN,
  expired: WireReasonState.REASON_STATE_EXPIRED,
  conflicting: WireReasonState.REASON_STATE_CONFLICTING,
  error: WireReasonState.REASON_STATE_ERROR,
  not_listed: WireReasonState.REASON_STATE_NOT_LISTED,
  denied: WireReasonState.REASON_STATE_DENIED,
  filtered: WireReasonState.REASON_STATE_FILTERED,
  refused: WireReasonState.REASON_STATE_REFUSED,
  satisfied: WireReasonState.REASON_STATE_SATISFIED,
};

/** The wire's number of each mode of a policy. */
export const WIRE_POLICY_MODES: Readonly<Record<PolicyMode, WirePolicyMode>> = {
  enforce: WirePolicyMode.POLICY_MODE_ENFORCE,
  warn: WirePolicyMode.POLICY_MODE_WARN,
  shadow: WirePolicyMode.POLICY_MODE_SHADOW,
};

/** The wire's number of each assurance. */
export const WIRE_ASSURANCES: Readonly<Record<Assurance, WireAssurance>> = {
  declared: WireAssurance.ASSURANCE_DECLARED,
  contract: WireAssurance.ASSURANCE_CONTRACT,
  audited: WireAssurance.ASSURANCE_AUDITED,
};

/** The wire's number of each level of claims. */
export const WIRE_CLAIM_LEVELS: Readonly<Record<ClaimLevel, WireClaimLevel>> = {
  provider: WireClaimLevel.CLAIM_LEVEL_PROVIDER,
  endpoint: WireClaimLevel.CLAIM_LEVEL_ENDPOINT,
  target: WireClaimLevel.CLAIM_LEVEL_TARGET,
  credential: WireClaimLevel.CLAIM_LEVEL_CREDENTIAL,
};

/** The wire's number of each severity. */
export const WIRE_SEVERITIES: Readonly<Record<Severity, WireSeverity>> = {
  error: WireSeverity.SEVERITY_ERROR,
  warning: WireSeverity.SEVERITY_WARNING,
  info: WireSeverity.SEVERITY_INFO,
};

/** The wire's number of each state of the service. */
export const WIRE_SERVING_STATES: Readonly<Record<ServingState, WireServingState>> = {
  starting: WireServingState.SERVING_STATE_STARTING,
  ready: WireServingState.SERVING_STATE_READY,
  draining: WireServingState.SERVING_STATE_DRAINING,
};
