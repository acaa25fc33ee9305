import type { handleBidiStreamingCall, handleUnaryCall } from '@grpc/grpc-js';

import {
  DecideStreamRequest,
  DecisionServiceService,
  ListEligibleRequest,
} from '../../gen/ambit/v1/decision_service';
import type {
  DecideStreamResponse,
  ListEligibleResponse,
} from '../../gen/ambit/v1/decision_service';
import type { DecideResponse } from '../../gen/ambit/v1/decision';
import {
  ExplainRequest,
  GetCatalogRequest,
  GetStatusRequest,
  PolicyServiceService,
} from '../../gen/ambit/v1/policy_service';
import type {
  ExplainResponse,
  GetCatalogResponse,
  GetStatusResponse,
} from '../../gen/ambit/v1/policy_service';
import { DecideRequest } from '../../gen/ambit/v1/request';
import { createDecoder } from '../incoming';
import type { Incoming } from '../incoming';
import { MAX_REQUEST_BYTES } from '../limits';

/** DecisionService, with decoders that refuse instead of throwing. */
export const DECISION_SERVICE = {
  decide: {
    ...DecisionServiceService.decide,
    requestDeserialize: createDecoder((bytes) => DecideRequest.decode(bytes), MAX_REQUEST_BYTES),
  },
  decideStream: {
    ...DecisionServiceService.decideStream,
    requestDeserialize: createDecoder(
      (bytes) => DecideStreamRequest.decode(bytes),
      MAX_REQUEST_BYTES,
    ),
  },
  listEligible: {
    ...DecisionServiceService.listEligible,
    requestDeserialize: createDecoder(
      (bytes) => ListEligibleRequest.decode(bytes),
      MAX_REQUEST_BYTES,
    ),
  },
} as const;

/** The handlers of DECISION_SERVICE. */
export interface DecisionHandlers {
  readonly decide: handleUnaryCall<Incoming<DecideRequest>, DecideResponse>;
  readonly decideStream: handleBidiStreamingCall<
    Incoming<DecideStreamRequest>,
    DecideStreamResponse
  >;
  readonly listEligible: handleUnaryCall<Incoming<ListEligibleRequest>, ListEligibleResponse>;
}

/** PolicyService, with decoders that refuse instead of throwing. */
export const POLICY_SERVICE = {
  getStatus: {
    ...PolicyServiceService.getStatus,
    requestDeserialize: createDecoder((bytes) => GetStatusRequest.decode(bytes), MAX_REQUEST_BYTES),
  },
  getCatalog: {
    ...PolicyServiceService.getCatalog,
    requestDeserialize: createDecoder(
      (bytes) => GetCatalogRequest.decode(bytes),
      MAX_REQUEST_BYTES,
    ),
  },
  explain: {
    ...PolicyServiceService.explain,
    requestDeserialize: createDecoder((bytes) => ExplainRequest.decode(bytes), MAX_REQUEST_BYTES),
  },
} as const;

/** The handlers of POLICY_SERVICE. */
export interface PolicyHandlers {
  readonly getStatus: handleUnaryCall<Incoming<GetStatusRequest>, GetStatusResponse>;
  readonly getCatalog: handleUnaryCall<Incoming<GetCatalogRequest>, GetCatalogResponse>;
  readonly explain: handleUnaryCall<Incoming<ExplainRequest>, ExplainResponse>;
}
