import { readYaml } from '../../dialects/yaml/read-yaml';
import { nearestName } from '../../dialects/yaml/nearest';
import { Report } from '../../dialects/yaml/report';
import { quote, SourceText } from '../../dialects/yaml/source-text';
import type { SourceFile } from '../../ports/policy-dialect';
import { CONFIG_KEYS, variableOf } from './config-keys';
import type { ConfigDraft, ReadKey } from './draft';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'AMBIT_';

/** Variables that mean something to the command line and are no key of the configuration. */
const OTHERS: readonly string[] = ['AMBIT_DEBUG'];

/** What a service's own names could be mistaken for is only passed over where its value is what Kubernetes writes. */
const KUBERNETES_VALUES: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/_SERVICE_HOST$|_ADDR$/u, /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/iu],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_PROTO$/u, /^(?:tcp|udp|sctp)$/u],
  [/_SERVICE_PORT(?:_[A-Z0-9_]+)?$|_(?:TCP|UDP|SCTP)_PORT$/u, /^\d{1,5}$/u],
  [/_PORT(?:_\d+_(?:TCP|UDP|SCTP))?$/u, /^(?:tcp|udp|sctp):\/\/\S+:\d{1,5}$/u],
];

/** What Kubernetes sets in every container for a Service whose name begins with `ambit`. */
const FROM_KUBERNETES =
  /^AMBIT_(?:[A-Z0-9_]*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$/u;

const VARIABLES: ReadonlyMap<string, ReadKey> = new Map(
  [...CONFIG_KEYS].map(([path, read]) => [variableOf(path), read]),
);

/**
 * Reads the variables that state a key, each as the YAML text of its value. One that is unknown is an error: it
 * may be a misspelt limit. So is an empty one: where what should have filled it did not, `AMBIT_CALLERS` would stand
 * for no callers, and anybody could claim anything.
 */
export function readEnvironment(environment: Environment, draft: ConfigDraft): readonly Report[] {
  const names = Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && environment[name] !== undefined)
    .filter((name) => !OTHERS.includes(name) && !isFromKubernetes(name, environment[name] ?? ''));
  return names.toSorted().map((name) => readVariable(name, environment[name] ?? '', draft));
}

function isFromKubernetes(name: string, value: string): boolean {
  const form = KUBERNETES_VALUES.find(([names]) => names.test(name))?.[1];
  return FROM_KUBERNETES.test(name) && form?.test(value) === true;
}

function readVariable(name: string, text: string, draft: ConfigDraft): Report {
  const file = { name, text };
  const read = VARIABLES.get(name);
  if (read === undefined) return rejectName(name);
  if (text.trim() === '') return rejectEmpty(file);
  const { documents, report } = readYaml(file);
  const [value, second] = documents;
  if (value !== undefined) read(value, draft);
  second?.fail('wrong_type', `${quote(name)} holds several documents`, { help: 'keep one value' });
  return report;
}

function rejectEmpty(file: SourceFile): Report {
  const report = new Report(new SourceText(file));
  const message = `the variable ${quote(file.name)} is empty`;
  report.error('empty_text', report.source.span(0, 1), message, {
    help: 'give it a value, or unset it: then the file or the default counts',
  });
  return report;
}

// Its text is not shown: nobody knows what it holds.
function rejectName(name: string): Report {
  const report = new Report(new SourceText({ name, text: '' }));
  const nearest = nearestName(name, [...VARIABLES.keys()]);
  const help =
    nearest === undefined
      ? 'remove it; docs/configuration.md lists all variables'
      : `did you mean ${quote(nearest)}`;
  report.error(
    'unknown_variable',
    report.source.span(0, 1),
    `the variable ${quote(name)} is not known`,
    {
      help,
    },
  );
  return report;
}
