import type { Wording } from '../../model/policy';
import { llmgatewayWording } from './llmgateway';
import { ngrokWording } from './ngrok';
import { openrouterWording } from './openrouter';
import { vercelWording } from './vercel';
import type { WordBlock, WordedBlock, WordingInput } from './worded-block';

const WORDINGS: Readonly<Record<Wording, WordBlock>> = {
  llmgateway: llmgatewayWording,
  vercel: vercelWording,
  ngrok: ngrokWording,
  openrouter: openrouterWording,
};

/** What the system says of the block; undefined where it has no words for it. */
export function wordBlock(wording: Wording, input: WordingInput): WordedBlock | undefined {
  return WORDINGS[wording](input);
}
