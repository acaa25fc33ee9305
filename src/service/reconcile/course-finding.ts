import type { ReconcileCode } from './findings';
import type { AttemptNote, RequestNote } from './ledger';

/** What is wrong with an attempt or a request that was clean alone. */
export interface CourseFinding {
  readonly code: ReconcileCode;
  /** A sentence without its place. */
  readonly message: string;
  readonly note: AttemptNote | RequestNote;
}
