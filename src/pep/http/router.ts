import type { CallFacts } from '../call-rules';
import type { HttpAnswer } from './http-server';
import type { BodyReading } from './read-body';

/** A request as routes see it. */
export interface RoutedRequest {
  readonly method: string;
  /** What follows the route's path, as it was sent; empty where the path is the whole. */
  readonly rest: string;
  /** Without the question mark; empty: there is none. */
  readonly query: string;
  /** Names and values in turn, as they were sent; what a name is given twice is still seen. */
  readonly rawHeaders: readonly string[];
  /** Reads the body, up to a limit; a body that no route reads ends its connection. */
  readonly readBody: (limitBytes: number) => Promise<BodyReading>;
}

/** Answers what is sent to one path. */
export interface Route {
  /** The methods that it has, in capitals; `any`: what a method means is the route's own business. */
  readonly methods: readonly string[] | 'any';
  /** May throw, which is a defect. */
  readonly answer: (request: RoutedRequest, facts: CallFacts) => HttpAnswer | Promise<HttpAnswer>;
}

/** Routes by path. One that ends in `/` has everything below it, too. */
export type Routes = ReadonlyMap<string, Route>;

/** A route, and what of the request it is given. */
export interface FoundRoute {
  readonly route: Route;
  /** The path that the route stands under. */
  readonly path: string;
  readonly rest: string;
  readonly query: string;
}

/** Finds the route of a target (path and query, as sent). Paths are compared as they are: nothing in them is resolved. */
export function findRoute(routes: Routes, target: string): FoundRoute | undefined {
  const at = target.indexOf('?');
  const path = at === -1 ? target : target.slice(0, at);
  const query = at === -1 ? '' : target.slice(at + 1);
  const exact = routes.get(path);
  if (exact !== undefined) return { route: exact, path, rest: '', query };
  const below = [...routes.keys()]
    .filter((key) => key.endsWith('/') && path.startsWith(key))
    .sort((left, right) => right.length - left.length)[0];
  const route = below === undefined ? undefined : routes.get(below);
  if (below === undefined || route === undefined) return undefined;
  return { route, path: below, rest: path.slice(below.length), query };
}
