/** The object without some of its properties; absence, unlike an undefined value, is what contracts mean. */
export function without<T extends object, K extends keyof T>(
  of: T,
  ...keys: readonly K[]
): Omit<T, K> {
  const left = Object.entries(of).filter(([key]) => !(keys as readonly string[]).includes(key));
  return Object.fromEntries(left) as Omit<T, K>;
}
