import { DecideResponse } from '../../gen/ambit/v1/decision';
import { ListEligibleRequest } from '../../gen/ambit/v1/decision_service';
import type { Answer } from '../../ports/answer';
import type { AnswerDocument, AskReading, WireJson } from '../../ports/wire-json';
import { MAX_JSON_DEPTH, MAX_REQUEST_BYTES } from '../limits';
import { keepKey, readStrictJson } from '../strict-json';
import { answerToWire } from './answer-to-wire';
import { readWhole } from './decode-request';
import { documentOf } from './documents';
import { listRequestFromWire } from './from-wire';
import type { AskFromWire } from './from-wire';
import { encodeJson } from './json-to-wire';
import { describeViolations } from './violations';
import { DECIDE_SCHEMA, LIST_SCHEMA } from './wire-schema';
import type { MessageSchema } from './wire-schema';

/** The bytes of a message that a JSON text stands for, or why it stands for none. */
export type JsonMessage = { readonly bytes: Uint8Array } | { readonly problem: string };

/** Reads a JSON text as a message of the contract. */
export function messageOf(text: string, schema: MessageSchema): JsonMessage {
  const json = readStrictJson(text, {
    maxDepth: MAX_JSON_DEPTH,
    checkedDepth: MAX_JSON_DEPTH,
    foldKey: keepKey,
  });
  if ('problem' in json) return { problem: `the request ${json.problem}` };
  const encoded = encodeJson(json.value, schema);
  if ('violations' in encoded) return { problem: describeViolations(encoded.violations) };
  // The limit of the service, so that a text is a request everywhere or nowhere.
  if (encoded.bytes.length <= MAX_REQUEST_BYTES) return encoded;
  return { problem: `the request has more than ${String(MAX_REQUEST_BYTES)} bytes as a message` };
}

/** The JSON form of the contract. What is read from JSON goes the way of what is read from gRPC. */
export const wireJson: WireJson = {
  readAsk: (text) => readText(text, DECIDE_SCHEMA, readWhole),
  readOffer: (text) =>
    readText(text, LIST_SCHEMA, (bytes) => listRequestFromWire(ListEligibleRequest.decode(bytes))),
  toDocument: (answer: Answer): AnswerDocument =>
    documentOf(DecideResponse.toJSON(answerToWire(answer))),
};

function readText(
  text: string,
  schema: MessageSchema,
  read: (bytes: Uint8Array) => AskFromWire,
): AskReading {
  const message = messageOf(text, schema);
  if ('problem' in message) return message;
  const asked = read(message.bytes);
  return 'ask' in asked ? asked : { problem: describeViolations(asked.violations) };
}
