import { createTurns } from '../../../src/pep/shared/turns';
import { createDeferred } from '../http/support/diagnostics';

describe('turns', () => {
  it('come one after another, in the order of asking', async () => {
    const turns = createTurns(3);
    const first = createDeferred<string>();
    const begun: string[] = [];
    const work = (name: string, end: Promise<string>) => () => {
      begun.push(name);
      return end;
    };
    const results = [
      turns.take(work('a', first.promise)),
      turns.take(work('b', Promise.resolve('second'))),
    ];
    await Promise.resolve();
    expect(begun).toEqual(['a']);
    first.resolve('first');
    expect(await results[0]).toBe('first');
    expect(await results[1]).toBe('second');
    expect(begun).toEqual(['a', 'b']);
  });

  it('are not given to more than may wait, until one has ended', async () => {
    const turns = createTurns(1);
    const held = createDeferred<number>();
    const taken = turns.take(() => held.promise);
    expect(turns.take(() => Promise.resolve(2))).toBeUndefined();
    held.resolve(1);
    expect(await taken).toBe(1);
    expect(await turns.take(() => Promise.resolve(3))).toBe(3);
  });

  it('go on after work that has failed', async () => {
    const turns = createTurns(2);
    const failed = turns.take(() => Promise.reject(new Error('no')));
    const next = turns.take(() => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect(await turns.take(() => Promise.resolve('again'))).toBe('again');
  });
});
