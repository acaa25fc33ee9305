import type { Api } from '../../model/api';
import type { BlockCode, Layer } from '../../model/reason';

/** What the words of a block can speak of. Every text is bounded and printable already. */
export interface WordingInput {
  readonly code: BlockCode;
  readonly layer: Layer;
  /** The model as the client wrote it; empty where the request names none. */
  readonly model: string;
  /** The same without its pin (L7). */
  readonly modelName: string;
  /** The providers that entered the layer, in candidate order, each once; at a list that judged the name, that name. */
  readonly providers: readonly string[];
  /** The same as one text: the first of them, and how many more there are. */
  readonly providerList: string;
  /** The kind of the requirement, list or filter at which the last candidate fell; empty where there is none. */
  readonly requirement: string;
  /** What the leading allow list, or the request's `only`, names, as one text; empty where something else leads. */
  readonly permittedList: string;
  /** The leading policy's, as far as the system's words do not set another. */
  readonly httpStatus: number;
  /** Whom to ask, one sentence; absent: the system's own words. */
  readonly contact?: string;
}

/** What a system says of a block. */
export interface WordedBlock {
  readonly message: string;
  /** Absent: the leading policy's. */
  readonly httpStatus?: number;
  /** The system's exact body, by the request's api; undefined there: the api's own envelope with the message. */
  readonly body: (message: string, api: Api | undefined) => object | undefined;
}

/** A system's words for a block; undefined where it has none, so that Ambit's own are used. */
export type WordBlock = (input: WordingInput) => WordedBlock | undefined;
