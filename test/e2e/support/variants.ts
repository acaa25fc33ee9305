import { resolve } from 'node:path';

/**
 * The configurations that are shipped in deploy/envoy, one file each. `portable` is for Envoy before 1.40, `blind` shows
 * Ambit no body.
 */
export type Variant = 'recommended' | 'portable' | 'recommended-blind' | 'portable-blind';

/** Those that every suite of test/e2e/envoy runs with; a new one is added here and nowhere else. */
export const VARIANTS: readonly Variant[] = [
  'recommended',
  'portable',
  'recommended-blind',
  'portable-blind',
];

/** Whether Ambit is shown the body, and so can judge what else stands in it beside the model. */
export const readsBody = (variant: Variant): boolean => !variant.endsWith('-blind');

/** Those that show Ambit the body. */
export const BODY_VARIANTS: readonly Variant[] = VARIANTS.filter(readsBody);

/** The key of Ambit's metadata that this configuration takes the targets from. */
export const listOf = (variant: Variant): 'hosts' | 'priority_groups' =>
  variant.startsWith('portable') ? 'hosts' : 'priority_groups';

/** The shipped file. */
export const configFileOf = (variant: Variant): string =>
  resolve(__dirname, `../../../deploy/envoy/${variant}.yaml`);
