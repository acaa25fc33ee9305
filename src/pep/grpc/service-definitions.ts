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
  limitBytes: number,
): (bytes: Buffer) => Incoming<T> {
  const decodeSafely = createDecoder(decode, limitBytes);
  return (bytes) => {
    const incoming = decodeSafely(bytes);
    const problem = 'failure' in incoming ? undefined : findWireProblem(bytes, schema);
    return problem === undefined ? incoming : invalidArgument(describeViolations([problem]));
  };
}

/** Contexts and candidates are the same whichever server of the process they come to. */
const readRequest = createRequestReader();

/** DecisionService, with decoders that refuse instead of throwing. */
export function decisionDefinition(limitBytes: number) {
  const readOne = (bytes: Uint8Array): StreamAsk => readStreamRequest(bytes, readRequest);
  const readList = (bytes: Uint8Array): ListEligibleRequest => ListEligibleRequest.decode(bytes);
  return {
    decide: {
      ...DecisionServiceService.decide,
      requestDeserialize: createDecoder(readRequest, limitBytes),
      responseSerialize: asBuffer,
    },
    decideStream: {
      ...DecisionServiceService.decideStream,
      requestDeserialize: createDecoder(readOne, limitBytes),
      responseSerialize: asBuffer,
    },
    listEligible: {
      ...DecisionServiceService.listEligible,
      requestDeserialize: strictly(LIST_SCHEMA, readList, limitBytes),
    },
  } as const;
}

/** The handlers of DecisionService. */
export interface DecisionHandlers {
  readonly decide: handleUnaryCall<Incoming<AskFromWire>, Uint8Array>;
  readonly decideStream: handleBidiStreamingCall<Incoming<StreamAsk>, Uint8Array>;
  readonly listEligible: handleUnaryCall<Incoming<ListEligibleRequest>, ListEligibleResponse>;
}

/** PolicyService, with decoders that refuse instead of throwing. */
export function policyDefinition(limitBytes: number) {
  const readStatus = (bytes: Uint8Array): GetStatusRequest => GetStatusRequest.decode(bytes);
  const readCatalog = (bytes: Uint8Array): GetCatalogRequest => GetCatalogRequest.decode(bytes);
  const readExplain = (bytes: Uint8Array): ExplainRequest => ExplainRequest.decode(bytes);
  return {
    getStatus: {
      ...PolicyServiceService.getStatus,
      requestDeserialize: strictly(STATUS_SCHEMA, readStatus, limitBytes),
    },
    getCatalog: {
      ...PolicyServiceService.getCatalog,
      requestDeserialize: strictly(CATALOG_SCHEMA, readCatalog, limitBytes),
      responseSerialize: asBuffer,
    },
    explain: {
      ...PolicyServiceService.explain,
      requestDeserialize: strictly(EXPLAIN_SCHEMA, readExplain, limitBytes),
      responseSerialize: asBuffer,
    },
  } as const;
}

/** The handlers of PolicyService. */
export interface PolicyHandlers {
  readonly getStatus: handleUnaryCall<Incoming<GetStatusRequest>, GetStatusResponse>;
  readonly getCatalog: handleUnaryCall<Incoming<GetCatalogRequest>, Uint8Array>;
  readonly explain: handleUnaryCall<Incoming<ExplainRequest>, Uint8Array>;
}
