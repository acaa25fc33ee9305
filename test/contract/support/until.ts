/** Milliseconds between two looks. */
const PAUSE_MS = 20;

/** Waits until a condition holds; a test that waits in vain is ended by its runner. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
