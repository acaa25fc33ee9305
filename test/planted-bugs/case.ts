import type { PolicySet } from '../../src/core/model/policy-set';
import type { DecisionRequest } from '../../src/core/model/request';

/** A request and the instant at which it is decided. */
export interface Ask {
  readonly request: DecisionRequest;
  readonly nowMs: number;
}

/** Requests that are decided one after the other on one bundle, so that what is kept between them counts too. */
export interface Case {
  readonly name: string;
  readonly set: PolicySet;
  readonly asks: readonly Ask[];
}
