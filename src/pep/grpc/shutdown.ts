import type { DecisionPoint } from '../../service/decision-point';

/** Part of the time to drain after which requests are refused that still come in on streams which never get quiet. */
const REFUSE_AFTER = 0.5;

/** Makes every answer a block once half of the time is over, so that clients turn to another instance in time. */
export function refuseLate(
  point: DecisionPoint,
  timeoutMs: number,
): { readonly cancel: () => void } {
  const timer = setTimeout(() => {
    point.refuseFurther();
  }, timeoutMs * REFUSE_AFTER);
  return {
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
