import type { SeverityId } from '../../ports/security-events';

/** The version of OCSF whose classes and numbers these are. */
export const OCSF_VERSION = '1.5.0';

/** How bad something is, in the words of options, with OCSF's number and caption. Mildest first. */
export const SEVERITIES = {
  informational: { id: 1, caption: 'Informational' },
  low: { id: 2, caption: 'Low' },
  medium: { id: 3, caption: 'Medium' },
  high: { id: 4, caption: 'High' },
  critical: { id: 5, caption: 'Critical' },
} as const satisfies Readonly<
  Record<string, { readonly id: SeverityId; readonly caption: string }>
>;

/** A severity's word. */
export type SeverityWord = keyof typeof SEVERITIES;

/** The classes that are used, each with the one activity that it is used for. */
export const OCSF_CLASSES = {
  finding: {
    ...{ uid: 2004, name: 'Detection Finding', categoryUid: 2, categoryName: 'Findings' },
    activity: { id: 1, name: 'Create' },
  },
  call: {
    ...{ uid: 6003, name: 'API Activity', categoryUid: 6, categoryName: 'Application Activity' },
    activity: { id: 99, name: 'Call' },
  },
  policy: {
    ...{ uid: 3004, name: 'Entity Management', categoryUid: 3 },
    ...{ categoryName: 'Identity & Access Management', activity: { id: 10, name: 'Activate' } },
  },
} as const;

/** A class, by what it is used for. */
export type OcsfClass = keyof typeof OCSF_CLASSES;

/** A number of OCSF's with its caption. */
export interface OcsfWord {
  readonly id: number;
  readonly caption: string;
}

/** What was done about it (profile `security_control`). */
export const ACTIONS = {
  allowed: { id: 1, caption: 'Allowed' },
  denied: { id: 2, caption: 'Denied' },
  observed: { id: 3, caption: 'Observed' },
} as const satisfies Readonly<Record<string, OcsfWord>>;

/** What came of it (profile `security_control`). */
export const DISPOSITIONS = {
  allowed: { id: 1, caption: 'Allowed' },
  blocked: { id: 2, caption: 'Blocked' },
  detected: { id: 15, caption: 'Detected' },
  logged: { id: 17, caption: 'Logged' },
  rejected: { id: 25, caption: 'Rejected' },
  unauthorized: { id: 26, caption: 'Unauthorized' },
  error: { id: 27, caption: 'Error' },
} as const satisfies Readonly<Record<string, OcsfWord>>;

/** How it ended. Findings have another list than activities. */
export const STATUSES = {
  fresh: { id: 1, caption: 'New' },
  success: { id: 1, caption: 'Success' },
  failure: { id: 2, caption: 'Failure' },
} as const satisfies Readonly<Record<string, OcsfWord>>;
