import { findRoute } from '../../../src/pep/http/router';
import type { Route, Routes } from '../../../src/pep/http/router';

const route = (name: string): Route => ({
  methods: [name],
  answer: () => ({ status: 200, contentType: 'text/plain', body: name }),
});

const ROUTES: Routes = new Map(
  ['/a', '/a/', '/a/b/', '/c/'].map((path) => [path, route(path)] as const),
);

describe('a route', () => {
  it.each([
    ['/a', '/a', '', ''],
    ['/a?x=1?y', '/a', '', 'x=1?y'],
    ['/a/', '/a/', '', ''],
    ['/a/x', '/a/', 'x', ''],
    ['/a/b', '/a/', 'b', ''],
    ['/a/b/', '/a/b/', '', ''],
    ['/a/b/x/y?z', '/a/b/', 'x/y', 'z'],
    ['/a/b%2Fx', '/a/', 'b%2Fx', ''],
    ['/a/../c/x', '/a/', '../c/x', ''],
    ['/c/x', '/c/', 'x', ''],
  ])('of %s is %s', (target, path, rest, query) => {
    const found = findRoute(ROUTES, target);
    expect(found).toMatchObject({ route: { methods: [path] }, rest, query });
  });

  it.each(['', '/', '/c', '/ab', '/A', '//a', '/%61', '?/a', 'http://host/a'])(
    'is none for %j',
    (target) => {
      expect(findRoute(ROUTES, target)).toBeUndefined();
    },
  );
});
