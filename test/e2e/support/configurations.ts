import { allowOnFailure } from './edits';
import type { RigOptions } from './rig';
import { VARIANTS, type Variant } from './variants';

/** One shipped configuration, as it is or with the one mistake that `failure_mode_allow: true` is. */
export interface Configuration {
  readonly title: string;
  readonly variant: Variant;
  readonly isCareless: boolean;
}

/** All of them, for what must hold even then. */
export const CONFIGURATIONS: readonly Configuration[] = VARIANTS.flatMap((variant) => [
  { title: variant, variant, isCareless: false },
  { title: `${variant}, failure_mode_allow`, variant, isCareless: true },
]);

/** What a rig is started with. */
export const rigOptionsOf = ({ variant, isCareless }: Configuration): RigOptions =>
  isCareless ? { variant, edit: allowOnFailure } : { variant };
