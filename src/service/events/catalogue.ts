import type { ACTIONS, DISPOSITIONS, OcsfClass, SeverityWord, STATUSES } from './ocsf-words';

/** What every event of a kind has in common. */
export interface EventKindSpec {
  readonly class: OcsfClass;
  /** All that it can have, mildest first. */
  readonly severities: readonly SeverityWord[];
  readonly action: keyof typeof ACTIONS;
  readonly disposition: keyof typeof DISPOSITIONS;
  readonly status: keyof typeof STATUSES;
  /** What happened, one line. */
  readonly title: string;
  /** When there is one, as docs/events.md says it. */
  readonly when: string;
}

const FINDING = { class: 'finding', status: 'fresh' } as const;

/** Every kind of event. Append-only: a kind is never renamed, and its class never changes. */
export const EVENT_KINDS = {
  request_blocked: {
    ...{ ...FINDING, action: 'denied', disposition: 'blocked' },
    severities: ['low', 'medium', 'high'],
    title: 'nothing may receive a request',
    when: 'a decision is BLOCK',
  },
  request_warned: {
    ...{ ...FINDING, action: 'allowed', disposition: 'detected' },
    severities: ['medium'],
    title: 'a request may go where a warn policy is not met',
    when: 'a decision is WARN',
  },
  shadow_difference: {
    ...{ ...FINDING, action: 'observed', disposition: 'logged' },
    severities: ['informational'],
    title: 'a shadow policy would block what may receive a request',
    when: 'a shadow policy is not met by something that is eligible',
  },
  caller_refused: {
    ...{ class: 'call', status: 'failure', action: 'denied', disposition: 'unauthorized' },
    severities: ['medium', 'high'],
    title: 'a caller was refused',
    when: 'nobody knows who asks, or a caller claims a tenant or scope that it may not',
  },
  bundle_activated: {
    ...{ class: 'policy', status: 'success', action: 'allowed', disposition: 'allowed' },
    severities: ['informational', 'medium'],
    title: 'a bundle decides from now on',
    when: 'policies are loaded, at the start and after every change',
  },
  bundle_refused: {
    ...{ class: 'policy', status: 'failure', action: 'denied', disposition: 'rejected' },
    severities: ['medium', 'high'],
    title: 'changed policies were refused',
    when: 'policy files have errors, or keep changing while they are read',
  },
  policy_stale: {
    ...{ ...FINDING, action: 'observed', disposition: 'error' },
    severities: ['high'],
    title: 'the policies are older than they may be',
    when: 'valid policy files could not be read for longer than the configured limit',
  },
  trail_damaged: {
    ...{ ...FINDING, action: 'observed', disposition: 'detected' },
    severities: ['critical'],
    title: 'the trail is not what was written',
    when: 'the trail is found to be changed when it is opened',
  },
  records_missing: {
    ...{ ...FINDING, action: 'observed', disposition: 'detected' },
    severities: ['high'],
    title: 'records are missing in the trail',
    when: 'the trail states a gap: something was not recorded',
  },
  answers_withdrawn: {
    ...{ ...FINDING, action: 'denied', disposition: 'error' },
    severities: ['medium'],
    title: 'decisions in the trail were not given as answers',
    when: 'the trail states that recorded decisions were not given: the disk was late, or something else held by then',
  },
  events_lost: {
    ...{ ...FINDING, action: 'observed', disposition: 'error' },
    severities: ['high'],
    title: 'events are missing in the trail',
    when: 'more happened than could be recorded, or the disk failed for long',
  },
} as const satisfies Readonly<Record<string, EventKindSpec>>;

/** A kind of event. */
export type EventKind = keyof typeof EVENT_KINDS;

/** All kinds, in the order of the documentation. */
export const EVENT_KIND_NAMES = Object.keys(EVENT_KINDS) as readonly EventKind[];

/** The severities that events of a kind can have. */
export type SeverityOf<K extends EventKind> = (typeof EVENT_KINDS)[K]['severities'][number];
