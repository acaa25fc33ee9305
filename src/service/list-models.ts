import { refuse } from '../core/engine/refuse';
import type { Block, Decision, EligibleVerdict } from '../core/model/decision';
import type { Scope } from '../core/model/policy';
import type { PolicySet } from '../core/model/policy-set';
import type { RequestContext } from '../core/model/request';
import { canonicalId } from '../core/policy/identifier';
import { matchScope, scopeValueOf } from '../core/policy/scope-match';
import type { Answer, Ask } from '../ports/answer';
import type { DecisionPoint } from './decision-point';
import type { Refusal } from './refusals';
import { afterwards } from './soon';
import type { Soon } from './soon';

/** A name that clients may ask for now. */
export interface OfferedModel {
  readonly name: string;
  /** Of what may receive the request, the first. */
  readonly first: EligibleVerdict;
}

/** What models are asked for with. */
export interface ModelsAsk {
  /** Without a model, and without candidates: they are the catalog's. */
  readonly ask: Ask;
  /** The same for one model, as the caller may ask it. */
  readonly withModel: (name: string) => Ask;
  /** Why there is no decision, and the answer is that block. */
  readonly pressure: Refusal | undefined;
}

/** The list, or the block that stands in its place; with the answer that counts for records. */
export type ModelList = {
  readonly answer: Answer;
} & ({ readonly models: readonly OfferedModel[] } | { readonly block: Block });

/** One model, or the block of whoever asks for it. `isRefused`: the block is that of any request like this one. */
export type OneModel = {
  readonly answer: Answer;
} & ({ readonly model: OfferedModel } | { readonly block: Block; readonly isRefused: boolean });

/** Names that are decided before others have their turn: well below a millisecond. */
const NAMES_A_TURN = 32;

/** Lists begun anew because the policies changed meanwhile. Nobody changes them so often; were it so, there is no list. */
const MOST_TRIES = 4;

const CHANGING: Refusal = {
  code: 'policy_stale',
  message: 'the policies changed again and again while the models were listed; ask again',
  httpStatus: 503,
};

const UNSERVED: Refusal = {
  code: 'unknown_model',
  message: 'no target serves a model of this name',
  httpStatus: 404,
};

/**
 * Lists the names that the catalog's targets serve, in file order, for which the very decision that each of them would
 * get leaves something. Every name is decided over the same bundle and epoch, or the list begins anew. The listing is
 * one decision for records: that over everything the catalog offers the context. `pause` lets other work be done.
 */
export async function listModels(
  point: DecisionPoint,
  asked: ModelsAsk,
  pause: () => Promise<void>,
): Promise<ModelList> {
  let answer = await point.decide(asked.ask, 'list', asked.pressure);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const block = refusalIn(answer.decision);
    if (block !== undefined) return { answer, block };
    const models = await modelsUnder(point, asked, { answer, pause });
    if (models !== undefined) return { answer, models };
    answer = point.judge(asked.ask, asked.pressure);
  }
  const refused = point.judge(asked.ask, CHANGING);
  return { answer: refused, block: blockOf(refused.decision) };
}

/** Decides about one name. A name that no target serves has no model, whatever would be decided about it. */
export function findModel(point: DecisionPoint, asked: ModelsAsk, name: string): Soon<OneModel> {
  const answered = point.decide(asked.withModel(name), 'list', asked.pressure);
  return afterwards(answered, (answer) => oneModelOf(answer, asked, name));
}

function oneModelOf(answer: Answer, asked: ModelsAsk, name: string): OneModel {
  const { decision, set } = answer;
  const canonical = canonicalId(name);
  const isServed = set !== undefined && isOffered(set, canonical, asked.ask.request.context);
  const [first] = decision.eligible;
  if (isServed && first !== undefined) return { answer, model: { name: canonical, first } };
  const refusal = refusalIn(decision);
  if (refusal !== undefined) return { answer, block: refusal, isRefused: true };
  if (decision.block !== undefined) return { answer, block: decision.block, isRefused: false };
  return { answer, block: blockOf(refuse(asked.ask.request, UNSERVED)), isRefused: false };
}

interface Listing {
  /** What every name must be decided under. */
  readonly answer: Answer;
  readonly pause: () => Promise<void>;
}

/** Undefined: something else has come into force meanwhile, so that the names decided so far do not count. */
async function modelsUnder(
  point: DecisionPoint,
  { withModel, pressure }: ModelsAsk,
  { answer, pause }: Listing,
): Promise<readonly OfferedModel[] | undefined> {
  const models: OfferedModel[] = [];
  let decided = 0;
  for (const name of answer.set === undefined ? [] : servedNames(answer.set).keys()) {
    if (decided > 0 && decided % NAMES_A_TURN === 0) await pause();
    decided += 1;
    const judged = point.judge(withModel(name), pressure);
    if (!isAlike(judged, answer)) return undefined;
    const [first] = judged.decision.eligible;
    if (first !== undefined) models.push({ name, first });
  }
  return models;
}

/** True if both were decided over the same bundle and epoch, and the service itself refused neither. */
function isAlike(judged: Answer, answer: Answer): boolean {
  return (
    judged.set === answer.set &&
    judged.bundle?.validUntilMs === answer.bundle?.validUntilMs &&
    judged.bundle?.stale === answer.bundle?.stale &&
    (judged.decision.block?.httpStatus ?? 0) < FIRST_OWN_FAILURE
  );
}

/** From here on a status is Ambit's own trouble, and no policy's. */
const FIRST_OWN_FAILURE = 500;

/** The block of a request that is refused before any target is looked at. */
function refusalIn({ block, verdicts }: Decision): Block | undefined {
  const isWhole = verdicts.length === 0 && block?.layer === 'identity';
  return isWhole ? block : undefined;
}

function blockOf({ block }: Decision): Block {
  if (block === undefined) throw new Error('what is refused has a block');
  return block;
}

/** By set, because it stays for as long as its bundle does. */
const SERVED = new WeakMap<PolicySet, ServedNames>();

/** The names by which clients may ask for targets, each once, with whom each file that has it is for. */
type ServedNames = ReadonlyMap<string, readonly (Scope | undefined)[]>;

function servedNames(set: PolicySet): ServedNames {
  const known = SERVED.get(set);
  if (known !== undefined) return known;
  const names = new Map<string, (Scope | undefined)[]>();
  for (const { document, binding } of set.documents) {
    for (const name of document.targets.flatMap(({ serves, model }) => serves ?? [model])) {
      const canonical = canonicalId(name);
      const files = names.get(canonical) ?? [];
      if (!files.includes(binding)) names.set(canonical, [...files, binding]);
    }
  }
  SERVED.set(set, names);
  return names;
}

/** True if a file that exists for the request has the name: nobody learns what those of others serve. */
function isOffered(set: PolicySet, name: string, context: RequestContext): boolean {
  const valueOf = (key: string): string | undefined => scopeValueOf(context, key);
  return (servedNames(set).get(name) ?? []).some(
    (binding) => binding === undefined || matchScope(binding, valueOf) === 'counts',
  );
}
