import type { SecurityEvent } from '../../ports/security-events';
import { EVENT_KINDS, type EventKind, type EventKindSpec, type SeverityOf } from './catalogue';
import { ACTIONS, DISPOSITIONS, OCSF_CLASSES, OCSF_VERSION } from './ocsf-words';
import { SEVERITIES, STATUSES } from './ocsf-words';

/** What tells one event from the others of its kind. */
export interface EventParts<K extends EventKind> {
  readonly kind: K;
  readonly uid: string;
  readonly timeMs: number;
  readonly severity: SeverityOf<K>;
  /** One line for people. */
  readonly message: string;
  readonly correlationUid?: string;
  readonly tenant?: string;
  readonly details: EventDetails;
}

/** What differs from class to class. */
export type EventDetails = Pick<
  SecurityEvent,
  | 'status_detail'
  | 'policy'
  | 'resources'
  | 'evidences'
  | 'actor'
  | 'api'
  | 'src_endpoint'
  | 'dst_endpoint'
  | 'entity'
  | 'unmapped'
>;

/** Puts an event together. Pure: the same parts make the same event. */
export function makeEvent<K extends EventKind>(parts: EventParts<K>): SecurityEvent {
  const { kind, uid, timeMs, message, details } = parts;
  const spec: EventKindSpec = EVENT_KINDS[kind];
  const { title } = spec;
  return {
    metadata: metadataOf(parts),
    time: timeMs,
    message,
    ...severityFields(SEVERITIES[parts.severity]),
    ...classFields(spec),
    ...outcomeFields(spec),
    ...(spec.class === 'finding' ? { finding_info: { uid, title, types: [kind] } } : {}),
    ...details,
  };
}

function metadataOf<K extends EventKind>(parts: EventParts<K>): SecurityEvent['metadata'] {
  const { kind, uid, correlationUid, tenant } = parts;
  return {
    version: OCSF_VERSION,
    uid,
    event_code: kind,
    product: { name: 'Ambit', vendor_name: 'Ambit' },
    profiles: ['security_control'],
    ...(correlationUid === undefined ? {} : { correlation_uid: correlationUid }),
    ...(tenant === undefined ? {} : { tenant_uid: tenant }),
  };
}

function severityFields({
  id,
  caption,
}: (typeof SEVERITIES)[keyof typeof SEVERITIES]): Pick<
  SecurityEvent,
  'severity_id' | 'severity' | 'is_alert'
> {
  return { severity_id: id, severity: caption, is_alert: id >= SEVERITIES.high.id };
}

function classFields(spec: EventKindSpec) {
  const { uid, name, categoryUid, categoryName, activity } = OCSF_CLASSES[spec.class];
  return {
    category_uid: categoryUid,
    category_name: categoryName,
    class_uid: uid,
    class_name: name,
    activity_id: activity.id,
    activity_name: activity.name,
    type_uid: uid * 100 + activity.id,
    type_name: `${name}: ${activity.name}`,
  };
}

function outcomeFields(spec: EventKindSpec) {
  const [status, action] = [STATUSES[spec.status], ACTIONS[spec.action]];
  const disposition = DISPOSITIONS[spec.disposition];
  return {
    status_id: status.id,
    status: status.caption,
    action_id: action.id,
    action: action.caption,
    disposition_id: disposition.id,
    disposition: disposition.caption,
  };
}
