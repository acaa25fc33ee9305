import { isFeature } from '../../core/model/api';
import type { Api, Feature } from '../../core/model/api';
import { EMPTY_CONTEXT } from '../../core/model/request';
import type { ModelIdStyle, RequestContext } from '../../core/model/request';
import { Api as WireApi, ModelIdStyle as WireModelIdStyle } from '../../gen/ambit/v1/context';
import type { RequestContext as WireContext } from '../../gen/ambit/v1/context';
import {
  MAX_ID_BYTES,
  MAX_KEY_BYTES,
  MAX_LIST_ELEMENTS,
  MAX_MAP_ENTRIES,
  MAX_MODEL_BYTES,
  MAX_VALUE_BYTES,
} from '../limits';
import { exceedsBytes } from '../text-size';
import { preferencesFromWire } from './preferences-from-wire';
import type { Complaints } from './preferences-from-wire';
import { apiFromWire } from './wire-enums';

/** Reads a context; what is wrong is added to the complaints of whoever controls the field. */
export function contextFromWire(
  wire: WireContext | undefined,
  complaints: Complaints,
): RequestContext {
  if (wire === undefined) return EMPTY_CONTEXT;
  const { violations } = complaints;
  const { tenant, model } = wire;
  if (tenant !== undefined && exceedsBytes(tenant, MAX_ID_BYTES)) {
    violations.push({
      path: 'context.tenant',
      problem: `has more than ${String(MAX_ID_BYTES)} bytes`,
    });
  }
  checkMap(wire.scope, 'context.scope', complaints);
  checkMap(wire.attributes, 'context.attributes', complaints);
  if (model !== undefined) checkModel(model, 'context.model', complaints);
  const api = readApi(wire.api, complaints);
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope: wire.scope,
    ...(model === undefined ? {} : { model }),
    models: readModels(wire.models, complaints),
    modelIdStyle: readStyle(wire.modelIdStyle, complaints),
    ...(api === undefined ? {} : { api }),
    features: readFeatures(wire.features, complaints),
    preferences: preferencesFromWire(wire.preferences, complaints),
    attributes: wire.attributes,
  };
}

function checkMap(
  map: ReadonlyMap<string, string>,
  path: string,
  { violations }: Complaints,
): void {
  if (map.size > MAX_MAP_ENTRIES) {
    violations.push({ path, problem: `has more than ${String(MAX_MAP_ENTRIES)} entries` });
    return;
  }
  for (const [key, value] of map) {
    if (key === '' || exceedsBytes(key, MAX_KEY_BYTES)) {
      violations.push({
        path,
        problem: `has a key that is empty or over ${String(MAX_KEY_BYTES)} bytes`,
      });
    } else if (exceedsBytes(value, MAX_VALUE_BYTES)) {
      const problem = `has a value of more than ${String(MAX_VALUE_BYTES)} bytes`;
      violations.push({ path: `${path}[${JSON.stringify(key)}]`, problem });
    }
  }
}

function checkModel(model: string, path: string, { problems }: Complaints): void {
  if (model === '') problems.push(`${path} is empty`);
  else if (exceedsBytes(model, MAX_MODEL_BYTES)) {
    problems.push(`${path} has more than ${String(MAX_MODEL_BYTES)} bytes`);
  }
}

function readModels(models: readonly string[], complaints: Complaints): readonly string[] {
  if (models.length === 0) return models;
  if (models.length > MAX_LIST_ELEMENTS) {
    complaints.problems.push(`context.models has more than ${String(MAX_LIST_ELEMENTS)} elements`);
    return [];
  }
  models.forEach((model, index) => {
    checkModel(model, `context.models[${String(index)}]`, complaints);
  });
  return [...new Set(models)];
}

function readStyle(number: number, { problems }: Complaints): ModelIdStyle {
  switch (number) {
    case WireModelIdStyle.MODEL_ID_STYLE_UNSPECIFIED:
      return 'auto';
    case WireModelIdStyle.MODEL_ID_STYLE_PIN:
      return 'pin';
    case WireModelIdStyle.MODEL_ID_STYLE_AUTHOR:
      return 'author';
    default:
      problems.push('context.model_id_style is not understood');
      return 'auto';
  }
}

function readApi(number: number, { problems }: Complaints): Api | undefined {
  if (number === WireApi.API_UNSPECIFIED) return undefined;
  const api = apiFromWire(number);
  if (api === undefined) problems.push('context.api is not understood');
  return api;
}

function readFeatures(texts: readonly string[], { problems }: Complaints): readonly Feature[] {
  if (texts.length > MAX_LIST_ELEMENTS) {
    problems.push(`context.features has more than ${String(MAX_LIST_ELEMENTS)} elements`);
    return [];
  }
  const features = new Set<Feature>();
  for (const text of texts) {
    if (isFeature(text)) features.add(text);
    else problems.push('context.features names something that is no feature');
  }
  if (features.has('store') && features.has('no_store')) {
    problems.push('context.features has both `store` and `no_store`');
  }
  return [...features];
}
