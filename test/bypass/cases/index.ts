import type { World } from '../support/trick';
import { ACCOUNTS } from './accounts';
import { AUTHORS } from './authors';
import { BOUND } from './bound';
import { CLAIMS } from './claims';
import { DEFAULTS } from './defaults';
import { KEEPTRUSTS } from './keeptrusts';
import { LISTS } from './lists';
import { LLMGATEWAY } from './llmgateway';
import { NAMES } from './names';
import { NGROK } from './ngrok';
import { OPENROUTER } from './openrouter';
import { OWNER, RELAY } from './owner';
import { PLACES } from './places';
import { REQUESTS } from './requests';
import { ROUTERS } from './routers';
import { SCOPES } from './scopes';
import { SPELLED } from './spellings';
import { VERCEL } from './vercel';

/** All worlds, in the order in which they are published. */
export const WORLDS: readonly World[] = [
  NAMES,
  SPELLED,
  ROUTERS,
  PLACES,
  ACCOUNTS,
  CLAIMS,
  REQUESTS,
  SCOPES,
  BOUND,
  OWNER,
  RELAY,
  LISTS,
  AUTHORS,
  DEFAULTS,
  KEEPTRUSTS,
  LLMGATEWAY,
  VERCEL,
  NGROK,
  OPENROUTER,
];
