/** Whether evidence can be kept at this instant. */
export interface AuditHealth {
  succeeded(): void;
  /** Told of what went wrong; the first of a row is passed on. */
  failed(error: unknown): void;
  /** Undefined: the last attempt succeeded. */
  problem(): string | undefined;
}

/** Creates the health of something that has not been tried yet. `onChange` hears of the first failure and of the end of failing. */
export function createAuditHealth(onChange: (problem: string | undefined) => void): AuditHealth {
  let problem: string | undefined;
  return {
    succeeded: () => {
      if (problem === undefined) return;
      problem = undefined;
      onChange(undefined);
    },
    failed: (error) => {
      const isNew = problem === undefined;
      problem = error instanceof Error ? error.message : 'unknown';
      if (isNew) onChange(problem);
    },
    problem: () => problem,
  };
}
