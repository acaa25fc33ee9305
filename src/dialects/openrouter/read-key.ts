import type { ValueReader } from '../yaml/reader';

/**
 * Reads the value under a key of an account or a guardrail. OpenRouter's API shows what is not set as null, which is
 * read so in a guardrail; nobody publishes an account, so there a null is the slip that it is anywhere else.
 */
export type ReadKey = (key: string) => ValueReader | undefined;
