import { dirname, isAbsolute, join } from 'node:path';

import type { Finding } from '../../core/model/finding';
import { DOCUMENT_NAME, KINDS } from '../../dialects/native/names';
import { readYaml } from '../../dialects/yaml/read-yaml';
import type { MapReader, ValueReader } from '../../dialects/yaml/reader';
import type { Report } from '../../dialects/yaml/report';
import type { SourceFile } from '../../ports/policy-dialect';
import { checkAudit } from './audit';
import { CONFIG_KEYS } from './config-keys';
import { checkTogether } from './cross-checks';
import type { ConfigDraft, ReadKey } from './draft';
import { readEnvironment } from './environment';
import type { Environment } from './environment';
import { checkTracing } from './tracing';

/** What a configuration says, with all findings; it counts only if none of them is an error. */
export interface ConfigReading {
  readonly draft: ConfigDraft;
  readonly findings: readonly Finding[];
  /** The texts that findings point into. */
  readonly sources: readonly SourceFile[];
}

/** What a configuration is read from. */
export interface ConfigTexts {
  /** Absent: there is only the environment. */
  readonly file?: SourceFile;
  readonly environment: Environment;
}

/** Reads the file, then the environment over it. Total: what is wrong is a finding at its word. */
export function readConfig({ file, environment }: ConfigTexts): ConfigReading {
  const draft: ConfigDraft = {
    limits: {},
    tracing: { places: {} },
    resolve: (path) => path,
  };
  const reports = file === undefined ? [] : [readFile(file, draft)];
  reports.push(...readEnvironment(environment, draft));
  checkTogether(draft);
  checkAudit(draft);
  checkTracing(draft);
  return {
    draft,
    findings: reports.flatMap((report) => report.findings()),
    sources: reports.map(({ source: { name, text } }) => ({ name, text })),
  };
}

function readFile(file: SourceFile, draft: ConfigDraft): Report {
  const { documents, report } = readYaml(file);
  const [document, second] = documents;
  if (document !== undefined && rejectPolicies(document)) return report;
  const before = draft.resolve;
  draft.resolve = (path) => besides(file.name, path);
  second?.fail('contradiction', 'a second document stands in the file', {
    help: 'keep one: a service has one configuration',
  });
  const spec = document === undefined ? undefined : readFrame(document);
  if (spec !== undefined) readSpec(spec, draft);
  draft.resolve = before;
  return report;
}

/** A file of policies in place of the configuration. Its keys are right, so none of them is reported. */
function rejectPolicies(document: ValueReader): boolean {
  if (document.node.kind !== 'map') return false;
  const kind = document.map()?.value('kind');
  const stated = KINDS.find((each) => kind?.node.kind === 'scalar' && kind.node.value === each);
  if (kind === undefined || stated === undefined) return false;
  kind.fail('unknown_value', `a ${stated} stands where the configuration is read`, {
    help: 'name its file under `policies` of the configuration, or with `--policy`',
  });
  return true;
}

/** A path as seen from the directory of the file that states it. */
function besides(file: string, path: string): string {
  return isAbsolute(path) || path === '-' ? path : join(dirname(file), path);
}

function readFrame(document: ValueReader): MapReader | undefined {
  const root = document.map();
  if (root === undefined) return undefined;
  root.required('apiVersion', 'add `apiVersion: ambit/v1`')?.choice(['ambit/v1']);
  root.required('kind', 'add `kind: Service`')?.choice(['Service']);
  const metadata = root.map('metadata');
  metadata?.text('name', DOCUMENT_NAME);
  metadata?.text('description');
  metadata?.close();
  if (metadata?.isEmpty === true)
    metadata.fail('empty_map', '`metadata` is empty', { help: 'write `name`, or remove it' });
  const spec = root.required('spec')?.map();
  root.close();
  return spec;
}

/** Reads each key that is known, alone or in its group. */
function readSpec(spec: MapReader, draft: ConfigDraft): void {
  if (spec.isEmpty)
    spec.fail('empty_map', '`spec` is empty', { help: 'write what it is to state' });
  for (const [group, keys] of GROUPS) {
    if (group === '') readKeys(spec, keys, draft);
    else {
      const map = spec.map(group);
      if (map === undefined) continue;
      if (map.isEmpty) map.fail('empty_map', `\`${map.path}\` is empty`, { help: 'remove it' });
      readKeys(map, keys, draft);
      map.close();
    }
  }
  spec.close();
}

function readKeys(map: MapReader, keys: ReadonlyMap<string, ReadKey>, draft: ConfigDraft): void {
  for (const [key, read] of keys) {
    const value = map.value(key);
    if (value !== undefined) read(value, draft);
  }
}

/** The keys of each group; those that stand alone are under the empty name. */
const GROUPS: ReadonlyMap<string, ReadonlyMap<string, ReadKey>> = groupKeys();

function groupKeys(): Map<string, Map<string, ReadKey>> {
  const groups = new Map<string, Map<string, ReadKey>>();
  for (const [path, read] of CONFIG_KEYS) {
    const [group, key] = path.includes('.') ? path.split('.') : ['', path];
    const keys = groups.get(group ?? '') ?? new Map<string, ReadKey>();
    keys.set(key ?? '', read);
    groups.set(group ?? '', keys);
  }
  return groups;
}
