import type { Feature } from '../../core/model/api';
import { EVERY_FEATURE, unite } from './features';
import type { FeatureReading } from './features';
import { hasVariantOf, isObject } from '../json-object';

const RUN_BY_CLIENT: readonly Feature[] = ['tools'];
const SEARCH: readonly Feature[] = ['tools', 'server_tools', 'web_search'];
const EXECUTION: readonly Feature[] = ['tools', 'server_tools', 'code_execution'];

/** Tools by type, those that the provider itself runs apart from those that the client runs. */
const FEATURES_BY_TYPE: ReadonlyMap<string, readonly Feature[]> = new Map([
  ['function', RUN_BY_CLIENT],
  ['custom', RUN_BY_CLIENT],
  ['bash', RUN_BY_CLIENT],
  ['text_editor', RUN_BY_CLIENT],
  ['computer', RUN_BY_CLIENT],
  ['memory', RUN_BY_CLIENT],
  ['web_search', SEARCH],
  ['web_search_preview', SEARCH],
  ['web_fetch', SEARCH],
  ['code_interpreter', EXECUTION],
  ['code_execution', EXECUTION],
  ['file_search', ['tools', 'server_tools', 'files']],
  ['image_generation', ['tools', 'server_tools']],
  ['mcp', ['tools', 'server_tools']],
]);

/** The date at the end of a tool's type, as in `web_search_20250305` and `web_search_preview_2025_03_11`. */
const DATE = /_(?:\d{8}|\d{4}_\d{2}_\d{2})$/;

/** What the `tools` of a request use. */
export function toolFeatures(tools: unknown): FeatureReading {
  if (tools === null) return [];
  if (!Array.isArray(tools)) return 'unreadable';
  return unite(tools.map(featuresOfTool));
}

function featuresOfTool(tool: unknown): FeatureReading {
  if (!isObject(tool) || hasVariantOf(tool, ['type'])) return 'unreadable';
  const { type } = tool;
  // Anthropic's name for a tool of the client's own.
  if (type === undefined || type === null) return RUN_BY_CLIENT;
  if (typeof type !== 'string') return 'unreadable';
  return FEATURES_BY_TYPE.get(type.replace(DATE, '')) ?? EVERY_FEATURE;
}
