import type { ProviderDeclaration } from '../../core/model/catalog';
import type { Policy } from '../../core/model/policy';
import type { MapReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import { readCompliance } from './compliance';
import { readCustomProviders } from './custom-providers';
import { readRestriction } from './restriction';

/** UTF-16 units in the name of an organisation, which is part of the ids of its policies. */
const MAX_NAME_CHARS = 100;

/** What the file states: policies, and the providers that the organisation attests itself. */
export interface Settings {
  readonly providers: readonly ProviderDeclaration[];
  readonly policies: readonly Policy[];
}

/** Reads the settings of one organisation. The result counts only if the file's report has no errors. */
export function readSettings(settings: MapReader): Settings {
  const name = settings.text('name', { maxChars: MAX_NAME_CHARS });
  const id = name === undefined ? 'llmgateway' : `llmgateway/${name.value}`;
  const policy = settings.value('policy')?.map();
  const restriction = settings.value('restriction')?.map();
  const providers = readCustomProviders(settings.value('customProviders'));
  const policies = [
    ...(policy === undefined ? [] : [readCompliance(policy, `${id}/policy`)]),
    ...(restriction === undefined ? [] : readRestriction(restriction, `${id}/restriction`)),
  ];
  const parts = ['policy', 'restriction', 'customProviders'];
  if (!parts.some((key) => settings.has(key))) rejectNothing(settings);
  settings.close();
  return { providers, policies };
}

function rejectNothing(settings: MapReader): void {
  settings.fail(
    'missing_key',
    `${quote(settings.path)} must hold one of \`policy\`, \`restriction\`, \`customProviders\``,
    { help: 'write what is in force, or remove the file' },
  );
}
