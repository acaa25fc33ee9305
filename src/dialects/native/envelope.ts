import { nearestName } from '../yaml/nearest';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { DOCUMENT_NAME, KINDS } from './names';

/** A kind of native document. */
type Kind = (typeof KINDS)[number];

/** The frame that all native documents share. */
export interface Envelope {
  /** The kind that the document states, or, where that is reported as wrong, the one that it must mean. */
  readonly kind: Located<Kind>;
  /** Undefined: it is missing or wrong, which was reported. */
  readonly name: Located<string> | undefined;
  readonly spec: MapReader;
}

/**
 * Reads `apiVersion`, `kind`, `metadata` and `spec`. Undefined: the spec cannot be read, which was reported. A
 * wrong kind does not keep the spec from being read, so that all mistakes are found in one run.
 */
export function readEnvelope(document: ValueReader): Envelope | undefined {
  const root = document.map();
  if (root === undefined) return undefined;
  root.required('apiVersion', 'add `apiVersion: ambit/v1`')?.choice(['ambit/v1']);
  const kindReader = root.required(
    'kind',
    'add `kind: Policy`, `Catalog`, `Bundle` or `PolicyTest`',
  );
  if (rejectService(kindReader)) return undefined;
  const stated = kindReader?.choice(KINDS);
  const name = readMetadata(root.required('metadata', 'add `metadata: {name: ...}`')?.map());
  const spec = root.required('spec')?.map();
  root.close();
  if (spec === undefined) return undefined;
  if (spec.isEmpty)
    spec.fail('empty_map', '`spec` is empty', { help: 'write what it is to state' });
  const kind = stated ?? { value: guessKind(kindReader, spec), ...document.label };
  return { kind, name, spec };
}

/** The configuration of a service in a directory of policies. Its keys are right, so none of them is reported. */
function rejectService(kind: ValueReader | undefined): boolean {
  if (kind?.node.kind !== 'scalar' || kind.node.value !== 'Service') return false;
  kind.fail('unknown_value', 'a configuration of the service stands where policies are read', {
    help: 'keep it elsewhere; `ambit serve --config FILE --check` checks it',
  });
  return true;
}

function readMetadata(metadata: MapReader | undefined): Located<string> | undefined {
  const name = metadata?.required('name')?.text(DOCUMENT_NAME);
  metadata?.text('description');
  metadata?.close();
  return name;
}

/** The kind whose name is near, or whose keys the spec has. */
function guessKind(reader: ValueReader | undefined, spec: MapReader): Kind {
  const word = reader?.node.kind === 'scalar' ? reader.node.source : '';
  const near = nearestName(word, KINDS);
  const named = KINDS.find((kind) => kind === near);
  if (named !== undefined) return named;
  const keys = new Set(spec.keys);
  if (keys.has('cases')) return 'PolicyTest';
  if (keys.has('include') || keys.has('tenants') || keys.has('revision')) return 'Bundle';
  const hasRules = keys.has('requirements') || keys.has('models') || keys.has('mode');
  return keys.has('targets') || (keys.has('providers') && !hasRules) ? 'Catalog' : 'Policy';
}
