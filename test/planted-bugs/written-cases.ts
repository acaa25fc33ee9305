import type { Case } from './case';
import { ON_CLAIMS } from './cases/on-claims';
import { ON_SCOPES } from './cases/on-scopes';
import { ON_WARN_AND_SHADOW } from './cases/on-warn-and-shadow';
import { ON_LISTS } from './cases/on-lists';
import { ON_DIALECTS } from './cases/on-dialects';
import { ON_REQUESTS } from './cases/on-requests';

/** Cases by hand: each is about one rule, with the neighbours that it must not be mistaken for. */
export const WRITTEN_CASES: readonly Case[] = [
  ...ON_CLAIMS,
  ...ON_SCOPES,
  ...ON_WARN_AND_SHADOW,
  ...ON_LISTS,
  ...ON_REQUESTS,
  ...ON_DIALECTS,
];
