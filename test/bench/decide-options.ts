import { parseArgs } from 'node:util';

/** How the CPU of decisions is measured. */
export interface DecideOptions {
  readonly main: string | undefined;
  /** What Node is told before the servers that are measured, such as how large their heap may be. */
  readonly nodeFlags: readonly string[];
  readonly candidates: readonly number[];
  readonly details: readonly ('reasons' | 'summary')[];
  readonly kind: 'unary' | 'stream';
  /** True: each decision is a line of Ambit's log. */
  readonly logs: boolean;
  readonly rounds: number;
  readonly windowMs: number;
  readonly inFlight: number;
  /** Different requests; each has its own user, so that with many of them no context is the same as before. */
  readonly requests: number;
  /** True: no two requests have their candidates in the same order. */
  readonly shuffled: boolean;
}

/** Reads the options; what they mean is in docs/benchmarks.md. */
export function readDecideOptions(args: readonly string[]): DecideOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      main: { type: 'string' },
      'node-flags': { type: 'string', default: '' },
      candidates: { type: 'string', default: '8,64,512' },
      detail: { type: 'string', default: 'reasons,summary' },
      stream: { type: 'boolean', default: false },
      logs: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '9' },
      window: { type: 'string', default: '700' },
      'in-flight': { type: 'string', default: '16' },
      requests: { type: 'string', default: '64' },
      shuffled: { type: 'boolean', default: false },
    },
  });
  return {
    main: values.main,
    nodeFlags: values['node-flags'].split(' ').filter((flag) => flag !== ''),
    candidates: values.candidates.split(',').map(Number),
    details: values.detail.split(',').map((detail) => {
      if (detail === 'reasons' || detail === 'summary') return detail;
      throw new Error(`\`${detail}\` is no detail; name \`reasons\`, \`summary\` or both`);
    }),
    kind: values.stream ? 'stream' : 'unary',
    logs: values.logs,
    rounds: Number(values.rounds),
    windowMs: Number(values.window),
    inFlight: Number(values['in-flight']),
    requests: Number(values.requests),
    shuffled: values.shuffled,
  };
}
