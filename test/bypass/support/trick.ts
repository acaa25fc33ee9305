import type { ServiceConfig } from '../../../src/ports/service-config';
import type { TestCheck } from '../../pep/ext-authz/support/check-server';

/** Where a trick is tried, in the order of the published tables, with the heading there. */
export const SURFACES = {
  file: 'file',
  decide: 'Decide',
  stream: 'DecideStream',
  list: 'ListEligible',
  check: 'Check',
  models: '/v1/models',
  cli: '`ambit decide`',
} as const;

/** One of the places at which a trick is tried. */
export type Surface = keyof typeof SURFACES;

/** Why a trick cannot exist somewhere: a closed list, each of which some trick uses. */
export const CANNOT = {
  'in a file': 'the trick is in a file, which is refused: there is nothing to ask',
  'in the request': 'the trick is in the request; no file of rules or of the catalog can hold it',
  'no candidates': 'nobody sends candidates there: they are what the catalog offers',
  'no preferences': 'the list of models reads no preferences, and refuses those that are sent',
  'no features': 'the list of models is made before anybody says what a request uses',
  'one name': 'one name is looked up there, or none',
  'only a body': 'nobody shows a body there',
  'known by its provider':
    'a target that only its provider makes known (`models: any`) is never named there, honest or not',
  'no attributes': 'nobody states attributes of a request there',
  'no numbers': 'an api is told there by its path or its name, so there are no numbers',
  'no second key': 'the message is no JSON text, or is made from one that was read strictly',
  'no caller': 'a command has no caller: what it is told is what it decides on',
  'read by paths': 'the style of names is set per caller there, not per request',
} as const;

/** A reason of that list. */
export type Cannot = keyof typeof CANNOT;

/** A message in the contract's JSON, in snake_case, lists plain. */
export type Json = Readonly<Record<string, unknown>>;

/** What is asked on some surfaces, and what must be answered. */
export interface Ask {
  readonly on: readonly Surface[];
  /** The RequestContext; else that of the trick. */
  readonly context?: Json;
  /** Target ids, or whole candidates; else those of the trick. Not read where nobody sends any. */
  readonly candidates?: readonly (string | Json)[];
  /** Laid over the Check that follows from the context. */
  readonly check?: TestCheck;
  /** Headers instead of those that follow from the context, for the list of models. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A whole request of the command as text, for what no object can hold. */
  readonly text?: string;
  /** Files laid over those of the world, for the surface `file`. */
  readonly files?: Readonly<Record<string, string>>;
  /** The code of a finding that these files must have. An error refuses them, and nothing is decided. */
  readonly finding?: string;
  /** What may be used: refs in order. For the list of models, with a model in the context: that name, or nothing. */
  readonly eligible: readonly string[];
  /** The code of one of the reasons, or of the block, or the status of a refused call. Required where nothing is left. */
  readonly code?: string;
}

/** A way in which somebody may get a prompt to a provider that policy forbids. */
export interface Trick {
  readonly id: string;
  /** What is done, in a sentence. */
  readonly trick: string;
  /** The rule that closes it, in a sentence. */
  readonly rule: string;
  readonly laws: readonly string[];
  /** Files laid over those of the world, where the trick is in files that are taken. */
  readonly files?: Readonly<Record<string, string>>;
  readonly context?: Json;
  readonly candidates?: readonly (string | Json)[];
  readonly closed: readonly Ask[];
  readonly cannot: Partial<Readonly<Record<Surface, Cannot>>>;
  /** Which of the world's controls is the honest request; `plain` unless said. With `files`, it holds under them. */
  readonly control?: string;
}

/** Files, what serves them, and the tricks that are tried on them. */
export interface World {
  readonly name: string;
  readonly title: string;
  /** What is forbidden there, in a sentence. */
  readonly about: string;
  readonly files: Readonly<Record<string, string>>;
  readonly service?: Partial<ServiceConfig>;
  /** Honest requests, which must be let through. */
  readonly controls: Readonly<Record<string, readonly Ask[]>>;
  readonly tricks: readonly Trick[];
}
