import { commentOf } from '../yaml-text';
import type { PartContext } from './context';
import { aboutKeys } from './keys';

/** What the whole file does and needs, for whoever opens it. */
export function introduction(context: PartContext): string {
  const { options, targets } = context;
  const names = targets.length === 1 ? '1 target' : `${String(targets.length)} targets`;
  return commentOf(
    [
      `Envoy (${VERSIONS[options.variant]}) as the enforcement point of Ambit, for ${names}.`,
      'Written by `ambit envoy config` from the catalog; write it again when that changes. docs/envoy.md has the reasons.',
      '',
      'What it does with a request',
      '  1. Control headers (x-ambit-*, x-envoy-*) that the client wrote are dropped before anything reads them.',
      ...READING[options.reading],
      '  3. Ambit blocks (its status and body go to the client as they are), or answers with the eligible targets, in order,',
      '     as dynamic metadata. A guard lets nothing pass that lacks this positive answer.',
      ...WALK[options.variant],
      '  5. Each target is an internal listener of this Envoy, which works on its own copy of the request: host, path, model,',
      '     key, TLS. So the key of one provider cannot reach another one, whatever fails over to what.',
      '',
      'What it needs',
      '  - Ambit, with the policies that this was written from, where the cluster `ambit` says.',
      ...aboutKeys(context),
      '  - `context_extensions` is the only thing that tells Ambit whom a request is for. It comes from this file and never from',
      '    the request: one listener or virtual host a tenant.',
      '  - Clients reach the listener `ingress` without TLS: it is meant to run beside the application. Give it a TLS transport',
      '    socket before you open it to a network.',
    ].join('\n'),
  );
}

const VERSIONS = { recommended: '1.40 or later', portable: '1.37 or later' } as const;

const READING = {
  body: [
    '  2. ext_authz shows Ambit the path and the body and waits. No answer, a late answer, an error: 503, nothing sent.',
  ],
  metadata: [
    '  2. json_to_metadata lifts the model out of the body, and ext_authz shows Ambit that and the path, but never the body.',
    '     No answer, a late answer, an error: 503, nothing sent. What Ambit does not see, no provider is sent (step 5).',
  ],
} as const;

const WALK = {
  recommended: [
    '  4. Attempt n goes to the nth target of that list. After the last one, or without a list, comes the cluster `deny`,',
    '     which has no endpoints. No route leads to a target that Ambit did not name.',
  ],
  portable: [
    '  4. Attempt n goes to the nth address of that list. After the last one, or without a list, there is none: 503. The',
    '     load balancer chooses nothing by itself, so nothing leads to a target that Ambit did not name.',
  ],
} as const;
