import { createHash } from 'node:crypto';

import type { DigestOf } from '../ports/id-source';

/** SHA-256 of the UTF-8 text as `sha256:` and lower-case hexadecimal. */
export const digestOf: DigestOf = (text) =>
  `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
