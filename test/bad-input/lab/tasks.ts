/** What the child process can be told to do. */
export interface Tasks {
  /** Loads the named files as the service would, beside a good set that serves already. */
  readonly load: {
    readonly ask: { readonly paths: readonly string[] };
    readonly answer: LoadAnswer;
  };
  /** Runs a command line. */
  readonly run: {
    readonly ask: { readonly argv: readonly string[] };
    readonly answer: RunAnswer;
  };
  /** Starts the service. */
  readonly serve: {
    readonly ask: object;
    readonly answer: { readonly addresses: readonly string[] };
  };
  /** Tells how much memory was the most at one time. */
  readonly memory: { readonly ask: object; readonly answer: { readonly peakBytes: number } };
}

/** What became of files. */
export interface LoadAnswer {
  /** As `FILE:LINE:COLUMN CODE: MESSAGE`. */
  readonly findings: readonly string[];
  readonly errors: number;
  /** True if they became a bundle. */
  readonly loaded: boolean;
  /** True if the good set, and all of it, still serves. */
  readonly lastGoodServes: boolean;
}

/** What a command line wrote. */
export interface RunAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A task by its name. */
export type TaskName = keyof Tasks;
