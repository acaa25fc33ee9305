import type { EndpointDeclaration, ProviderDeclaration } from '../../core/model/catalog';
import type { Policy } from '../../core/model/policy';
import type { MapReader } from '../yaml/reader';
import { listsOf } from './lists';
import { makePolicy } from './make-policy';
import { declareEndpoint, declareProvider, readProviders } from './providers';
import { readSelection } from './selection';
import { readSettings } from './settings';

/** What one `ai-gateway` action comes to. */
export interface Gateway {
  readonly providers: readonly ProviderDeclaration[];
  readonly endpoints: readonly EndpointDeclaration[];
  readonly policy: Policy;
}

/** Reads the configuration of a gateway. The result counts only if the file's report has no errors. */
export function readGateway(config: MapReader, name: string): Gateway {
  const providers = readProviders(config);
  const lists = listsOf(config, providers);
  const selection = readSelection(config, providers);
  readSettings(config);
  config.close();
  return {
    providers: providers.map(declareProvider),
    endpoints: providers.flatMap(declareEndpoint),
    policy: makePolicy(
      {
        name,
        lists: [...lists, ...selection.lists],
        requirements: selection.requirements,
        label: config.label,
      },
      config.report,
    ),
  };
}
