import type { TextRules } from '../yaml/scalars';

/** The name of an account or a guardrail, which is part of the ids of its policies. In UTF-16 units. */
export const NAME: TextRules = { maxChars: 100 };
