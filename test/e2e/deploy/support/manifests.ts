import { parseAllDocuments } from 'yaml';

import type { PodSpec } from '../../../deploy/support/pod-spec';
import { kustomize } from './tools';

/** A rendered object of Kubernetes, as far as the tests look at it. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  readonly automountServiceAccountToken?: boolean;
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: PodSpec;
    };
    readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

/** The folders that people apply. */
export const EXAMPLES = ['gateway', 'envoy', 'live-policy'] as const;

/** Name of an example. */
export type ExampleName = (typeof EXAMPLES)[number];

/** A rendered example. */
export interface Rendered {
  readonly text: string;
  readonly manifests: readonly Manifest[];
  readonly pod: PodSpec;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** Renders an example; it must have exactly one Deployment. */
export function renderExample(name: ExampleName): Rendered {
  const text = kustomize(`deploy/kubernetes/examples/${name}`);
  const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  const templates = manifests.flatMap(({ spec }) => spec?.template ?? []);
  const [template, second] = templates;
  if (template === undefined || second !== undefined) throw new Error(`${name}: one Deployment?`);
  return { text, manifests, pod: template.spec, podLabels: template.metadata.labels };
}

/** The ConfigMap whose name begins so. */
export function configMap({ manifests }: Rendered, prefix: string): Manifest {
  const isIt = ({ kind, metadata }: Manifest): boolean =>
    kind === 'ConfigMap' && metadata.name.startsWith(prefix);
  const found = manifests.find(isIt);
  if (found === undefined) throw new Error(`no ConfigMap \`${prefix}\``);
  return found;
}
