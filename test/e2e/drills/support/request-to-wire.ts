import type { Message } from '../../../contract/support/client';
import type { Candidate, DecisionRequest, Preferences } from '../../../../src/core/model/request';

/** Without what is absent: absence means something in the contract. */
function present(entries: Message): Message {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

const list = (values: readonly string[] | undefined): Message | undefined =>
  values === undefined ? undefined : { values };

function preferencesToWire(preferences: Preferences): Message {
  return present({
    only: list(preferences.only),
    ignore: list(preferences.ignore),
    order: list(preferences.order),
    allow_fallbacks: preferences.allowFallbacks,
    zero_data_retention: preferences.zeroDataRetention,
    no_training: preferences.noTraining,
    data_collection:
      preferences.dataCollection === undefined
        ? undefined
        : `DATA_COLLECTION_${preferences.dataCollection.toUpperCase()}`,
    max_retention_days: preferences.maxRetentionDays,
    processing_regions: list(preferences.processingRegions),
    quantizations: list(preferences.quantizations),
    max_price: preferences.maxPrice,
  });
}

function candidateToWire(candidate: Candidate): Message {
  const { ref, target, provider, model, region, endpoint, credential } = candidate;
  return present({ ref, target, provider, model, region, endpoint, credential });
}

/**
 * The request as the contract's clients write it, by a way of its own. Inline claims are left out, and what the
 * service's configuration says of the caller.
 */
export function requestToWire({ context, candidates }: DecisionRequest): Message {
  const { tenant, model, models, modelIdStyle, api, features } = context;
  return present({
    context: present({
      tenant,
      scope: Object.fromEntries(context.scope),
      model,
      models,
      model_id_style:
        modelIdStyle === 'auto' ? undefined : `MODEL_ID_STYLE_${modelIdStyle.toUpperCase()}`,
      api: api === undefined ? undefined : `API_${api.toUpperCase()}`,
      features,
      preferences: preferencesToWire(context.preferences),
      attributes: Object.fromEntries(context.attributes),
    }),
    candidates: candidates?.map(candidateToWire),
  });
}
