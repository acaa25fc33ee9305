/** What is told of a disk that takes longer than anybody waits. */
export const DISK_IS_LATE = 'the disk did not answer in time';

/** Whether evidence can be kept at this instant. */
export interface AuditHealth {
  succeeded(): void;
  /** Told of what went wrong; the first of a row is passed on. */
  failed(error: unknown): void;
  /** Told that the disk takes longer than anybody waits. */
  late(): void;
  /** Undefined: the last attempt succeeded. */
  problem(): string | undefined;
}

/** Creates the health of something that has not been tried yet. `onChange` hears of the first failure and of the end of failing. */
export function createAuditHealth(onChange: (problem: string | undefined) => void): AuditHealth {
  let problem: string | undefined;
  const failed = (error: unknown): void => {
    const isNew = problem === undefined;
    problem = problemOf(error);
    if (isNew) onChange(problem);
  };
  return {
    succeeded: () => {
      if (problem === undefined) return;
      problem = undefined;
      onChange(undefined);
    },
    failed,
    late: () => {
      failed(new Error(DISK_IS_LATE));
    },
    problem: () => problem,
  };
}

/** What is told of something that was thrown. */
export function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
