/**
 * Something that the user can mend: an unknown option, a file that cannot be read. The message is a finished
 * sentence without a full stop; it becomes one line on the error stream and exit code 2.
 */
export class UsageError extends Error {
  /** The way out, one line. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = 'UsageError';
    this.help = help;
  }
}
