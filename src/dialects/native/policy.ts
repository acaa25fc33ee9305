import {
  BLOCK_STATUSES,
  WORDINGS,
  type AuthorSelection,
  type BlockSettings,
  type BlockStatus,
  type Policy,
} from '../../core/model/policy';
import type { ExpressionCompiler } from '../../ports/policy-dialect';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import { checkEntries } from './contradictions';
import type { Envelope } from './envelope';
import { readLists } from './lists';
import { AUTHOR, CONTACT } from './names';
import { readRequirements } from './requirements';
import { readScope, scopePlaces } from './scope';

/** The status of a block where the policy states none (L14). */
const DEFAULT_STATUS: BlockStatus = 403;

/** Words that a message may hold in braces. */
const PLACEHOLDERS = ['{model}', '{model_name}', '{providers}', '{contact}'] as const;

/** Reads the spec of a Policy document. The result is complete only if nothing was reported. */
export function readPolicy(envelope: Envelope, compile: ExpressionCompiler): Policy {
  const { spec, name, kind } = envelope;
  const mode = spec.choice('mode', ['enforce', 'warn', 'shadow'], { proposed: ['enforce'] });
  const scopeMap = spec.map('scope');
  const scope = readScope(scopeMap);
  const { lists, entries } = readLists(spec);
  const providerNames = spec.choice('provider_names', WORDINGS);
  checkEntries(spec.report, entries, providerNames !== undefined);
  const requirements = readRequirements(spec.map('requirements'), compile);
  const authors = readAuthors(spec);
  const blockMap = spec.map('on_no_eligible');
  const block = readBlock(blockMap);
  const statusAt = blockMap?.value('status')?.span.position;
  const logSelection = spec.boolean('log_provider_selection');
  checkStatement(spec);
  spec.close();
  return {
    id: name?.value ?? '',
    mode: mode?.value ?? 'enforce',
    scope: scope ?? new Map(),
    lists,
    requirements,
    ...(authors === undefined ? {} : { authors }),
    ...(providerNames === undefined ? {} : { providerNames: providerNames.value }),
    block,
    logSelection: logSelection?.value ?? true,
    position: (name ?? kind).position,
    places: {
      ...(mode === undefined ? {} : { mode: mode.position }),
      ...(statusAt === undefined ? {} : { status: statusAt }),
      scope: scopePlaces(scopeMap),
    },
  };
}

/** A policy without any rule would let everything through; that must be said, not left out. */
function checkStatement(spec: MapReader): void {
  const unrestricted = spec.value('unrestricted');
  const isUnrestricted = unrestricted?.boolean()?.value;
  const hasRules = ['providers', 'models', 'requirements'].some((key) => spec.has(key));
  if (unrestricted === undefined) {
    if (!hasRules && !spec.has('unrestricted')) rejectSilence(spec);
  } else if (isUnrestricted === false) {
    const help = 'remove the line, and state what is demanded';
    unrestricted.fail('states_nothing', '`unrestricted: false` states nothing', { help });
  } else if (isUnrestricted === true && hasRules) {
    const help = 'remove it: lists and requirements restrict';
    unrestricted.fail('contradiction', 'an unrestricted policy states restrictions', { help });
  }
}

function rejectSilence(spec: MapReader): void {
  spec.fail('states_nothing', 'the policy states nothing', {
    help: 'add `providers`, `models` or `requirements`; or `unrestricted: true` if all is allowed',
  });
}

function readBlock(map: MapReader | undefined): BlockSettings {
  if (map === undefined) return { status: DEFAULT_STATUS };
  if (map.isEmpty) {
    const help = 'write `status`, `message`, `wording` or `contact`, or remove it';
    map.fail('empty_map', '`on_no_eligible` states nothing', { help });
  }
  const status = readStatus(map.value('status'));
  const message = readMessage(map.value('message'));
  const wording = map.choice('wording', WORDINGS);
  const contact = map.text('contact', CONTACT);
  map.close();
  return {
    status: status ?? DEFAULT_STATUS,
    ...(status === undefined ? {} : { isStatusFixed: true }),
    ...(message === undefined ? {} : { message }),
    ...(wording === undefined ? {} : { wording: wording.value }),
    ...(contact === undefined ? {} : { contact: contact.value }),
  };
}

/** Whose models the requirements judge. Lists have patterns for that, so a policy with lists is for all. */
function readAuthors(spec: MapReader): AuthorSelection | undefined {
  const map = spec.map('applies_to');
  if (map === undefined) return undefined;
  const only = map.texts('model_authors', AUTHOR)?.value.map(({ value }) => value);
  const except = map.texts('model_authors_except', AUTHOR)?.value.map(({ value }) => value);
  map.close();
  if (map.has('model_authors') === map.has('model_authors_except')) {
    map.fail('contradiction', '`applies_to` must hold one of its two keys', {
      help: 'write `model_authors`, or `model_authors_except` for all others',
    });
  }
  const list = spec.value('providers') ?? spec.value('models');
  list?.report.error('contradiction', list.label, 'a policy for some authors has a list', {
    help: 'write the list into a policy of its own: its entries are patterns over models already',
  });
  if (!spec.has('requirements')) {
    map.fail('states_nothing', '`applies_to` is for requirements, and there are none', {
      help: 'add `requirements`, or remove it',
    });
  }
  return only === undefined && except === undefined
    ? undefined
    : { ...(only === undefined ? {} : { only }), ...(except === undefined ? {} : { except }) };
}

function readStatus(reader: ValueReader | undefined): BlockStatus | undefined {
  const status = reader?.integer();
  if (reader === undefined || status === undefined) return undefined;
  const known = BLOCK_STATUSES.find((one) => one === status.value);
  if (known === undefined) {
    const message = `${reader.name} must be one of ${BLOCK_STATUSES.join(', ')}`;
    reader.fail('unknown_value', message, { help: 'the default is 403' });
  }
  return known;
}

function readMessage(reader: ValueReader | undefined): string | undefined {
  const text = reader?.text()?.value.trim();
  if (reader === undefined || text === undefined) return undefined;
  const known: readonly string[] = PLACEHOLDERS;
  const unknown = text.match(/\{[A-Za-z_]*\}/gu)?.find((word) => !known.includes(word));
  if (unknown === undefined) return text;
  const message = `${reader.name} names ${quote(unknown)}, which stands for nothing`;
  reader.fail('invalid_text', message, { help: `write ${PLACEHOLDERS.join(' or ')}` });
  return undefined;
}
