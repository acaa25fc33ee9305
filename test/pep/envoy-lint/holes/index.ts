import type { Hole } from '../support/hole';
import { ASKING_HOLES } from './asking';
import { HOP_HOLES } from './hops';
import { WAYS_HOLES } from './ways';
import { JUDGING_HOLES } from './judging';
import { REVEALING_HOLES, UNSEEN_HOLES } from './revealing';
import { REVIEW_HOLES } from './review';
import { STEERING_HOLES } from './steering';
import { WRITING_HOLES } from './writing';

/** All holes: one at least for each rule. */
export const HOLES: readonly Hole[] = [
  ...ASKING_HOLES,
  ...JUDGING_HOLES,
  ...WRITING_HOLES,
  ...STEERING_HOLES,
  ...HOP_HOLES,
  ...WAYS_HOLES,
  ...REVEALING_HOLES,
  ...UNSEEN_HOLES,
  ...REVIEW_HOLES,
];
