import type { Api } from '../../core/model/api';
import type { BodyForm } from './body-forms';

/** What a request is for, by its method and path; nothing in the path is resolved or guessed. */
export type CheckRoute = CallRoute | ModelsRoute | RefusedRoute;

/** A call of a model, whose body Ambit can read. */
export interface CallRoute {
  readonly kind: 'call';
  readonly form: BodyForm;
  /** Absent: no API of the contract is spoken. */
  readonly api?: Api;
  /** The model that the path names. */
  readonly pathModel?: string;
  /** The path alone asks for a stream. */
  readonly isStreaming: boolean;
  /** True: the path names a region and an account, so that the hop must write its own. */
  readonly namesPlace: boolean;
}

/** The list of models, or one of them by its name as it was sent. */
export interface ModelsRoute {
  readonly kind: 'models';
  readonly name?: string;
}

/** Nothing that is answered. */
export interface RefusedRoute {
  readonly kind: 'refused';
  /** Whose form of errors the client reads. */
  readonly api?: Api;
  readonly problem: string;
}
