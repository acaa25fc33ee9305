import type { SecurityEvent } from '../../ports/security-events';
import { EVENT_KIND_NAMES } from '../../service/events/catalogue';
import { isWanted, type EventFilter } from '../../service/events/event-filter';
import { SEVERITIES, type SeverityWord } from '../../service/events/ocsf-words';
import { createEventReader } from '../../service/events/trail-events';
import type { CommandRun } from '../command';
import { printLine, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import type { ParsedArguments } from '../parsed-arguments';
import { eventText } from '../reporters/event-text';
import { escapeJson } from '../text';
import { windowOf } from '../window';
import { trailEntries } from '../trail-entries';
import { recordsDirectoryOf } from '../trail-options';

const UNKNOWN_RECORD =
  'the trail has records of a form that this version does not know; their events are not listed\n';

const HIDDEN_DAMAGE =
  'the trail is damaged, and the options leave out the events that say where (`trail_damaged`); `ambit audit verify` says it\n';

/**
 * Lists the events of a trail.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditEvents: CommandRun = async (parsed, context) => {
  const filter = filterOf(parsed);
  const [directory, follows] = [recordsDirectoryOf(parsed), parsed.has('follow')];
  const { dependencies } = context;
  const print = printerOf(parsed, context);
  const eventsOf = createEventReader();
  let code: ExitCode = EXIT_CODES.ok;
  for await (const entry of trailEntries({ directory, follows, dependencies })) {
    const events = eventsOf(entry);
    const wanted = events === 'unknown' ? [] : events.filter((event) => isWanted(event, filter));
    wanted.forEach(print);
    // A list that may lack something does not end like one that is whole; what it lacks is said once.
    if ('problem' in entry) {
      if (code !== EXIT_CODES.findings && wanted.length === 0)
        dependencies.stderr.write(HIDDEN_DAMAGE);
      code = EXIT_CODES.findings;
    } else if (events === 'unknown' && code === EXIT_CODES.ok) {
      dependencies.stderr.write(UNKNOWN_RECORD);
      code = EXIT_CODES.usage;
    }
  }
  return follows ? EXIT_CODES.ok : code;
};

function filterOf(parsed: ParsedArguments): EventFilter {
  const kind = EVENT_KIND_NAMES.find((each) => each === parsed.value('kind'));
  const words = Object.keys(SEVERITIES) as SeverityWord[];
  const severity = words.find((each) => each === parsed.value('severity'));
  const tenant = parsed.value('tenant');
  return {
    ...windowOf(parsed),
    ...(kind === undefined ? {} : { kind }),
    ...(severity === undefined ? {} : { severity }),
    ...(tenant === undefined ? {} : { tenant }),
  };
}

function printerOf(
  parsed: ParsedArguments,
  context: CommandContext,
): (event: SecurityEvent) => void {
  if (parsed.value('format') !== 'json') {
    return (event) => {
      printLine(context, eventText(event, context.palette));
    };
  }
  return (event) => {
    printLine(context, escapeJson(JSON.stringify(event)));
  };
}
