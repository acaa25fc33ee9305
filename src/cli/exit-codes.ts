/** What each exit code means, the same for every command (design, section 8). Closed and append-only. */
export const EXIT_CODES = {
  ok: 0,
  findings: 1,
  usage: 2,
  blocked: 3,
  warned: 4,
  noAnswer: 5,
} as const;

/** An exit code of the command line. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** The table that every help text ends with. */
export const EXIT_CODE_TABLE: readonly (readonly [ExitCode, string])[] = [
  [EXIT_CODES.ok, 'allowed, clean, serving, or stopped as asked'],
  [
    EXIT_CODES.findings,
    'findings of level error (with --strict: any finding), failed tests, a gain that must not be, or not serving',
  ],
  [EXIT_CODES.usage, 'wrong usage, or input that cannot be read'],
  [EXIT_CODES.blocked, 'blocked: nothing may receive the request'],
  [EXIT_CODES.warned, 'warn: eligible although a warn policy is not met'],
  [EXIT_CODES.noAnswer, 'no answer: the server is unreachable or refused the call'],
];
