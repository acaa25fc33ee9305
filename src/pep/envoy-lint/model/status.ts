import type { ConfigNode } from '../yaml/config-node';
import { text } from './fields';

/** Envoy's names for statuses below 400. */
const NAMED: Readonly<Record<string, number>> = {
  Empty: 0,
  Continue: 100,
  OK: 200,
  Created: 201,
  Accepted: 202,
  NonAuthoritativeInformation: 203,
  NoContent: 204,
  ResetContent: 205,
  PartialContent: 206,
  MultiStatus: 207,
  AlreadyReported: 208,
  IMUsed: 226,
  MultipleChoices: 300,
  MovedPermanently: 301,
  Found: 302,
  SeeOther: 303,
  NotModified: 304,
  UseProxy: 305,
  TemporaryRedirect: 307,
  PermanentRedirect: 308,
};

/** The number of a status, which Envoy takes by its name, too; absent for names of errors. */
export function statusOf(node: ConfigNode | undefined): number | undefined {
  const written = text(node) ?? '';
  return /^\d+$/u.test(written) ? Number(written) : NAMED[written];
}
