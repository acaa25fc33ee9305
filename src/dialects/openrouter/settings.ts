import type { Policy } from '../../core/model/policy';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import { readAccount } from './account';
import { readGuardrail } from './guardrail';
import { NAME } from './names';

/**
 * Reads the settings of one account, and the guardrails that are in force beside them. The result counts only if the
 * file's report has no errors.
 */
export function readSettings(settings: MapReader): readonly Policy[] {
  const name = settings.text('name', NAME);
  const id = name === undefined ? 'openrouter' : `openrouter/${name.value}`;
  const account = settings.value('account')?.map();
  const guardrails = settings.value('guardrails')?.list() ?? [];
  if (!settings.has('account') && !settings.has('guardrails')) rejectNothing(settings);
  settings.close();
  return [
    ...(account === undefined ? [] : readAccount(account, `${id}/account`)),
    ...readGuardrails(guardrails, `${id}/guardrail`),
  ];
}

function rejectNothing(settings: MapReader): void {
  settings.fail(
    'missing_key',
    `${quote(settings.path)} must hold one of \`account\`, \`guardrails\``,
    { help: 'write what is in force, or remove the file' },
  );
}

/** Each guardrail is a policy of its own, so that they combine as OpenRouter documents it: only narrowing. */
function readGuardrails(items: readonly ValueReader[], idBase: string): readonly Policy[] {
  const names = new Set<string>();
  return items.flatMap((item) => {
    const guardrail = item.map();
    if (guardrail === undefined) return [];
    const { name, policies } = readGuardrail(guardrail, idBase);
    if (name === undefined) return [];
    if (names.has(name.value)) {
      item.report.error('duplicate_item', name, `two guardrails are named ${quote(name.value)}`, {
        help: 'give each a name of its own: reasons name the guardrail',
      });
    }
    names.add(name.value);
    return policies;
  });
}
