import type { handleBidiStreamingCall, handleUnaryCall } from '@grpc/grpc-js';

import { DecisionServiceService, ListEligibleRequest } from '../../gen/ambit/v1/decision_service';
import type { ListEligibleResponse } from '../../gen/ambit/v1/decision_service';
import {
  ExplainRequest,
  GetCatalogRequest,
  GetStatusRequest,
  PolicyServiceService,
} from '../../gen/ambit/v1/policy_service';
import type { GetStatusResponse } from '../../gen/ambit/v1/policy_service';
import { createDecoder } from '../incoming';
import type { Incoming } from '../incoming';
import { MAX_REQUEST_BYTES } from '../limits';
import { invalidArgument } from '../unary';
import { asBuffer } from './as-buffer';
import { createRequestReader, readStreamRequest } from './decode-request';
import type { StreamAsk } from './decode-request';
import type { AskFromWire } from './from-wire';
import { findWireProblem } from './strict-wire';
import { describeViolations } from './violations';
import { CATALOG_SCHEMA, EXPLAIN_SCHEMA, LIST_SCHEMA, STATUS_SCHEMA } from './wire-schema';
import type { MessageSchema } from './wire-schema';

/** Makes a generated decoder total, and refuses what it would pass over in silence. */
function strictly<T>(
  schema: MessageSchema,
  decode: (bytes: Uint8Array) => T,
): (bytes: Buffer) => Incoming<T> {
  const decodeSafely = createDecoder(decode, MAX_REQUEST_BYTES);
  return (bytes) => {
    const incoming = decodeSafely(bytes);
    const problem = 'failure' in incoming ? undefined : findWireProblem(bytes, schema);
    return problem === undefined ? incoming : invalidArgument(describeViolations([problem]));
  };
}

/** Contexts and candidates are the same whichever server of the process they come to. */
const readRequest = createRequestReader();

/** DecisionService, with decoders that refuse instead of throwing. */
export const DECISION_SERVICE = {
  decide: {
    ...DecisionServiceService.decide,
    requestDeserialize: createDecoder(readRequest, MAX_REQUEST_BYTES),
    responseSerialize: asBuffer,
  },
  decideStream: {
    ...DecisionServiceService.decideStream,
    requestDeserialize: createDecoder(
      (bytes) => readStreamRequest(bytes, readRequest),
      MAX_REQUEST_BYTES,
    ),
    responseSerialize: asBuffer,
  },
  listEligible: {
    ...DecisionServiceService.listEligible,
    requestDeserialize: strictly(LIST_SCHEMA, (bytes) => ListEligibleRequest.decode(bytes)),
  },
} as const;

/** The handlers of DECISION_SERVICE. */
export interface DecisionHandlers {
  readonly decide: handleUnaryCall<Incoming<AskFromWire>, Uint8Array>;
  readonly decideStream: handleBidiStreamingCall<Incoming<StreamAsk>, Uint8Array>;
  readonly listEligible: handleUnaryCall<Incoming<ListEligibleRequest>, ListEligibleResponse>;
}

/** PolicyService, with decoders that refuse instead of throwing. */
export const POLICY_SERVICE = {
  getStatus: {
    ...PolicyServiceService.getStatus,
    requestDeserialize: strictly(STATUS_SCHEMA, (bytes) => GetStatusRequest.decode(bytes)),
  },
  getCatalog: {
    ...PolicyServiceService.getCatalog,
    requestDeserialize: strictly(CATALOG_SCHEMA, (bytes) => GetCatalogRequest.decode(bytes)),
    responseSerialize: asBuffer,
  },
  explain: {
    ...PolicyServiceService.explain,
    requestDeserialize: strictly(EXPLAIN_SCHEMA, (bytes) => ExplainRequest.decode(bytes)),
    responseSerialize: asBuffer,
  },
} as const;

/** The handlers of POLICY_SERVICE. */
export interface PolicyHandlers {
  readonly getStatus: handleUnaryCall<Incoming<GetStatusRequest>, GetStatusResponse>;
  readonly getCatalog: handleUnaryCall<Incoming<GetCatalogRequest>, Uint8Array>;
  readonly explain: handleUnaryCall<Incoming<ExplainRequest>, Uint8Array>;
}
