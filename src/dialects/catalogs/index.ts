import type { PolicyDocument, ProviderTable } from '../../core/model/policy-set';
import type { DialectResult, SourceFile } from '../../ports/policy-dialect';
import type { MapReader, ValueReader } from '../yaml/reader';
import { onlyDocument } from '../yaml/single-document';
import type { YamlNode } from '../yaml/tree';
import type { Collection } from './collect';
import { ListNotes } from './list-notes';
import { readLitellm } from './litellm';
import { readModelsDev } from './models-dev';
import { readJson } from './read-json';
import { readOpenrouterEndpoints, readOpenrouterProviders, type AnswerContext } from './openrouter';

/** What a list is recognised as, and its declarations. */
interface ReadList {
  readonly dialect: string;
  readonly collection: Collection;
}

/**
 * Reads a list of providers and models that somebody else publishes: `api.json` of models.dev, LiteLLM's price map, or
 * an answer of OpenRouter about providers or endpoints. The document holds providers, endpoints and targets, and no
 * policy; what the list does not state is no claim. `openrouterProviders` are the names of OpenRouter's dialect. Total:
 * it never throws, and a list with errors gives no document.
 */
export function readCatalogSource(
  file: SourceFile,
  openrouterProviders: ProviderTable,
): DialectResult {
  const { documents, report } = readJson(file);
  const first = onlyDocument(documents, 'one list');
  const notes = new ListNotes();
  const root = first?.map();
  const context = { notes, providers: openrouterProviders };
  const list = root === undefined ? undefined : readRoot(root, entryKeys(first?.node), context);
  notes.reportTo(report);
  const findings = report.findings();
  if (list === undefined || report.hasErrors) return { findings };
  return { document: documentOf(file.name, list), findings };
}

function documentOf(file: string, { dialect, collection }: ReadList): PolicyDocument {
  const { providers, endpoints, targets } = collection;
  return { file, dialect, providers, endpoints, credentials: [], targets, policies: [] };
}

/** Each list is told by the keys that its entries must have. */
function readRoot(
  root: MapReader,
  keys: ReadonlySet<string>,
  context: AnswerContext,
): ReadList | undefined {
  const { notes } = context;
  if (keys.has('models')) return { dialect: 'models.dev', collection: readModelsDev(root, notes) };
  if (keys.has('litellm_provider')) {
    return { dialect: 'litellm', collection: readLitellm(root, notes) };
  }
  return root.has('data') ? readAnswer(root, context) : rejectList(root);
}

/** The keys of all mappings that stand directly in the list. */
function entryKeys(node: YamlNode | undefined): ReadonlySet<string> {
  const entries = node?.kind === 'map' ? [...node.entries.values()] : [];
  return new Set(
    entries.flatMap(({ value }) => (value.kind === 'map' ? [...value.entries.keys()] : [])),
  );
}

/** OpenRouter's answers hold their list under `data`: of providers, of endpoints, or of one model with its endpoints. */
function readAnswer(root: MapReader, context: AnswerContext): ReadList | undefined {
  const data = root.value('data');
  const isModel = data?.kind === 'map';
  const model = isModel ? data.map() : undefined;
  const items = isModel ? model?.required('endpoints')?.list() : data?.list();
  if (items === undefined) return undefined;
  if (model !== undefined) {
    const id = model.required('id')?.text()?.value;
    return id === undefined ? undefined : openrouter(readOpenrouterEndpoints(items, context, id));
  }
  if (items.every((item) => hasKey(item, 'slug'))) {
    return openrouter(readOpenrouterProviders(items, context));
  }
  const isEndpoints = items.every((item) => hasKey(item, 'tag'));
  return isEndpoints ? openrouter(readOpenrouterEndpoints(items, context)) : rejectList(root);
}

function openrouter(collection: Collection): ReadList {
  return { dialect: 'openrouter', collection };
}

function hasKey({ node }: ValueReader, key: string): boolean {
  return node.kind === 'map' && node.entries.has(key);
}

function rejectList(root: MapReader): ReadList | undefined {
  root.fail('unknown_list', 'the file is none of the published lists that are read', {
    help: 'name the `api.json` of models.dev, the price map of LiteLLM, or an answer of OpenRouter about providers or endpoints',
  });
  return undefined;
}
