/** A value that is there, or will be. What is there is not waited for: most decisions are, and a turn costs more than they do. */
export type Soon<T> = T | Promise<T>;

/** Goes on with a value once it is there. */
export function afterwards<T, U>(soon: Soon<T>, next: (value: T) => U): Soon<U> {
  return soon instanceof Promise ? soon.then(next) : next(soon);
}
