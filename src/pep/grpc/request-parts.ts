import { EMPTY_CONTEXT } from '../../core/model/request';
import type { Candidate, RequestContext } from '../../core/model/request';
import { RequestContext as WireContext } from '../../gen/ambit/v1/context';
import { Candidate as WireCandidate } from '../../gen/ambit/v1/request';
import type { Ask } from '../../ports/answer';
import { MAX_CANDIDATES, MAX_ID_BYTES } from '../limits';
import { candidatesFromWire } from './candidates-from-wire';
import { contextFromWire } from './context-from-wire';
import type { AskFromWire } from './from-wire';
import { MAX_PART_BYTES, PartCache } from './part-cache';
import type { Complaints } from './preferences-from-wire';
import { DELIMITED, findWireProblem, TAG_TYPE_BITS } from './strict-wire';
import { WireCursor } from './wire-cursor';
import { CANDIDATE_SCHEMA, CONTEXT_SCHEMA, DECIDE_REST_SCHEMA } from './wire-schema';

/** The tags of the first three fields of DecideRequest, in the order in which encoders write them. */
const REQUEST_ID_TAG = (1 << TAG_TYPE_BITS) | DELIMITED;
const CONTEXT_TAG = (2 << TAG_TYPE_BITS) | DELIMITED;
const CANDIDATE_TAG = (3 << TAG_TYPE_BITS) | DELIMITED;

/** Reads a part; undefined if anything is wrong with it, which is for the whole way to say. */
type ReadPart<T> = (bytes: Uint8Array) => T | undefined;

/** A kind of part, and what is known of it. */
interface PartKind<T extends object> {
  readonly known: PartCache<T>;
  readonly read: ReadPart<T>;
}

/** Lists of candidates kept in each of two generations, and the bytes of one that is kept. */
const MAX_LISTS = 128;
const MAX_LIST_BYTES = 64 * 1024;

/** Candidates, and whole lists of them: an enforcement point offers the same group again and again. */
interface CandidateKinds extends PartKind<Candidate> {
  readonly lists: PartCache<readonly Candidate[]>;
  /** Lists that came once. One that does not come again is not worth keeping. */
  readonly seenLists: PartCache<typeof SEEN>;
}

const SEEN = {};

/**
 * Creates a reader for requests of the usual form: request id, context, candidates, and others after them, which
 * `readRest` reads. Undefined where the request has another form, or anything is wrong with it.
 */
export function createPartsReader(
  readRest: (bytes: Uint8Array) => AskFromWire,
): (bytes: Buffer) => AskFromWire | undefined {
  const contexts: PartKind<RequestContext> = { known: new PartCache(), read: readContext };
  const candidates: CandidateKinds = {
    known: new PartCache(),
    read: readCandidate,
    lists: new PartCache(MAX_LISTS),
    seenLists: new PartCache(MAX_LISTS),
  };
  return (bytes) => {
    const cursor = new WireCursor(bytes);
    const requestId = bytes[0] === REQUEST_ID_TAG ? takeAscii(cursor, bytes) : '';
    if (requestId === undefined) return undefined;
    const context =
      bytes[cursor.at] === CONTEXT_TAG ? takePart(cursor, bytes, contexts) : EMPTY_CONTEXT;
    if (context === undefined) return undefined;
    const offered = takeCandidates(cursor, bytes, candidates);
    if (offered === undefined) return undefined;
    if (findWireProblem(bytes, DECIDE_REST_SCHEMA, cursor.at) !== undefined) return undefined;
    const rest = readRest(bytes.subarray(cursor.at));
    return 'ask' in rest
      ? { ask: joinParts(rest.ask, { requestId, context, offered }) }
      : undefined;
  };
}

function joinParts(
  { request, ...rest }: Ask,
  parts: {
    readonly requestId: string;
    readonly context: RequestContext;
    readonly offered: readonly Candidate[];
  },
): Ask {
  const { requestId, context, offered } = parts;
  return { ...rest, requestId, request: { ...request, context, candidates: offered } };
}

function takeAscii(cursor: WireCursor, bytes: Buffer): string | undefined {
  const start = skipField(cursor, bytes);
  if (start < 0 || cursor.at - start > MAX_ID_BYTES) return undefined;
  const text = bytes.toString('latin1', start, cursor.at);
  return isAscii(text) ? text : undefined;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function takeCandidates(
  cursor: WireCursor,
  bytes: Buffer,
  kinds: CandidateKinds,
): readonly Candidate[] | undefined {
  const start = cursor.at;
  const end = endOfCandidates(start, bytes);
  if (end - start > MAX_LIST_BYTES) return takeEach(cursor, bytes, kinds);
  const key = bytes.toString('latin1', start, end);
  const known = kinds.lists.get(key);
  if (known !== undefined) {
    cursor.at = end;
    return known;
  }
  const read = takeEach(cursor, bytes, kinds);
  if (read === undefined || cursor.at !== end) return read;
  if (kinds.seenLists.get(key) !== undefined) return kinds.lists.keep(key, read);
  kinds.seenLists.keep(key, SEEN);
  return read;
}

/** The place after the last of the candidates that stand one after another; a wrong one ends them, too. */
function endOfCandidates(start: number, bytes: Buffer): number {
  const cursor = new WireCursor(bytes);
  cursor.at = start;
  let end = start;
  while (bytes[cursor.at] === CANDIDATE_TAG && skipField(cursor, bytes) >= 0) end = cursor.at;
  return end;
}

function takeEach(
  cursor: WireCursor,
  bytes: Buffer,
  kind: PartKind<Candidate>,
): readonly Candidate[] | undefined {
  const offered: Candidate[] = [];
  const refs = new Set<string>();
  while (bytes[cursor.at] === CANDIDATE_TAG) {
    const candidate = takePart(cursor, bytes, kind);
    if (candidate === undefined) return undefined;
    offered.push(candidate);
    refs.add(candidate.ref);
  }
  return refs.size === offered.length && offered.length <= MAX_CANDIDATES ? offered : undefined;
}

function takePart<T extends object>(
  cursor: WireCursor,
  bytes: Buffer,
  { known, read }: PartKind<T>,
): T | undefined {
  const start = skipField(cursor, bytes);
  if (start < 0 || cursor.at - start > MAX_PART_BYTES) return undefined;
  // One character a byte, so that different parts never have the same key.
  const key = bytes.toString('latin1', start, cursor.at);
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = read(bytes.subarray(start, cursor.at));
  return made === undefined ? undefined : known.keep(key, made);
}

/** Steps over the field whose tag, of one byte, stands at the cursor; returns where its content starts, or -1. */
function skipField(cursor: WireCursor, bytes: Buffer): number {
  cursor.at += 1;
  if (!cursor.readUint32(bytes.length)) return -1;
  const start = cursor.at;
  return cursor.skip(cursor.value, bytes.length) ? start : -1;
}

function readContext(bytes: Uint8Array): RequestContext | undefined {
  if (findWireProblem(bytes, CONTEXT_SCHEMA) !== undefined) return undefined;
  const complaints: Complaints = { violations: [], problems: [] };
  const context = contextFromWire(WireContext.decode(bytes), complaints);
  return complaints.violations.length + complaints.problems.length === 0 ? context : undefined;
}

function readCandidate(bytes: Uint8Array): Candidate | undefined {
  if (findWireProblem(bytes, CANDIDATE_SCHEMA) !== undefined) return undefined;
  const violations: Complaints['violations'] = [];
  const [candidate] = candidatesFromWire([WireCandidate.decode(bytes)], violations);
  return violations.length === 0 ? candidate : undefined;
}
