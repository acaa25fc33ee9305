import type { EndpointDeclaration, ProviderDeclaration } from '../../core/model/catalog';
import type { ListEntry, Policy, TargetList } from '../../core/model/policy';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { entryOf, noteEmpty } from './lists';
import { makePolicy } from './make-policy';
import { GATEWAY_NAME, PROSE, PROVIDER_ID, QUALIFIED_MODEL } from './names';
import { readRouter } from './router';

/** What the API adds to a configuration that it answers with. */
const RECORD_KEYS = ['id', 'uri', 'createdAt', 'updatedAt', 'createdBy', 'lastUpdatedBy'];

/** What a configuration declares, which is nothing, and demands. */
interface AccessKey {
  readonly providers: readonly ProviderDeclaration[];
  readonly endpoints: readonly EndpointDeclaration[];
  readonly policies: readonly Policy[];
}

/** Reads the configuration of an access key. The result counts only if the file's report has no errors. */
export function readAccessKey(root: MapReader, fileName: string): AccessKey {
  const name = root.text('name', GATEWAY_NAME)?.value ?? fileName;
  for (const key of ['description', 'metadata']) root.valueUnlessNull(key)?.text(PROSE);
  for (const key of RECORD_KEYS) root.has(key);
  const access = root.value('access')?.map();
  const lists = access === undefined ? [] : readAccess(access);
  readRouter(root.valueUnlessNull('router')?.map());
  root.close();
  const policy = makePolicy(
    { name, lists, requirements: [], label: access?.label ?? root.label },
    root.report,
  );
  return { providers: [], endpoints: [], policies: [policy] };
}

function readAccess(access: MapReader): readonly TargetList[] {
  const providers = readAllow(access, 'providers');
  const models = readAllow(access, 'models');
  access.close();
  return [...providers, ...models];
}

/** Each of the two is a list of what is allowed. Absent it restricts nothing; empty it lets through nothing. */
function readAllow(access: MapReader, key: 'providers' | 'models'): readonly TargetList[] {
  const dimension = access.map(key);
  const reader = dimension?.value('allow');
  const isProviders = key === 'providers';
  const rules = isProviders ? PROVIDER_ID : QUALIFIED_MODEL;
  const names = reader?.texts({ ...rules, mayBeEmpty: true })?.value;
  dimension?.close();
  if (dimension?.has('allow') === false) noteOpen(dimension);
  if (reader === undefined || names === undefined) return [];
  if (names.length === 0) noteEmpty(reader, `${reader.name} is empty`);
  return [listOf(reader, isProviders ? 'provider' : 'model', names)];
}

/** Documented as no restriction, which an empty mapping does not look like. */
function noteOpen({ report, label, path }: MapReader): void {
  if (report.hasErrors) return;
  report.notice('list_restricts_nothing', label, `\`${path}\` restricts nothing`, {
    help: 'name what is allowed: `allow: [...]`; an empty list there lets through nothing',
  });
}

function listOf(
  { label }: ValueReader,
  subject: TargetList['subject'],
  names: readonly Located<string>[],
): TargetList {
  const entries = names.flatMap((name) =>
    subject === 'provider' ? [entryOf({ provider: name.value }, name)] : modelEntries(name),
  );
  return { subject, effect: 'allow', entries, position: label.position };
}

/**
 * `provider/model`, `provider:model` and `provider:author/model`. A provider may know its own model with its name in
 * front, and without it; another author's model it knows by the whole name.
 */
function modelEntries(name: Located<string>): readonly ListEntry[] {
  const at = name.value.search(/[:/]/u);
  const [provider, model] = [name.value.slice(0, at), name.value.slice(at + 1)];
  const named = name.value[at] === ':' ? model : `${provider}/${model}`;
  const bare = named.startsWith(`${provider}/`) ? named.slice(provider.length + 1) : named;
  const models = [...new Set([bare, named])];
  return models.map((each) => ({ ...entryOf({ provider, model: each }, name), text: name.value }));
}
