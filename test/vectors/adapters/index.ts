import type { ProductAdapter } from '../vector';
import { keeptrusts } from './keeptrusts';
import { litellm } from './litellm';
import { llmgateway } from './llmgateway';
import { ngrok } from './ngrok';
import { openrouter } from './openrouter';
import { opper } from './opper';
import { phaseo } from './phaseo';
import { requesty } from './requesty';
import { tangle } from './tangle';
import { vercel } from './vercel';

/** One adapter a product. A product without one is skipped, by name. */
export const ADAPTERS: readonly ProductAdapter[] = [
  keeptrusts,
  litellm,
  llmgateway,
  ngrok,
  openrouter,
  opper,
  phaseo,
  requesty,
  tangle,
  vercel,
];
