import type { ProductAdapter } from '../vector';
import { keeptrusts } from './keeptrusts';

/** One adapter a product. A product without one is skipped, by name. */
export const ADAPTERS: readonly ProductAdapter[] = [keeptrusts];
