import type { EndpointDeclaration, ProviderDeclaration } from '../../core/model/catalog';
import type { Policy } from '../../core/model/policy';
import { nearestName } from '../yaml/nearest';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import { readGateway, type Gateway } from './gateway';
import { distinctEndpoints, mergeProviders } from './merge-providers';
import { GATEWAY_NAME } from './names';

/** The other phases of a traffic policy. None of their actions chooses a provider. */
const OTHER_PHASES = ['on_tcp_connect', 'on_http_response', 'on_event_destination'];

/** The action that chooses a provider. */
const GATEWAY_ACTION = 'ai-gateway';

/** What a traffic policy declares and demands. */
interface TrafficPolicy {
  readonly providers: readonly ProviderDeclaration[];
  readonly endpoints: readonly EndpointDeclaration[];
  readonly policies: readonly Policy[];
}

/** A gateway action, and how it is called where its rule does not say. */
interface Action {
  readonly map: MapReader;
  readonly name: string | undefined;
}

/** Reads every gateway of a traffic policy. All of them hold together, whatever the conditions of their rules. */
export function readTrafficPolicy(root: MapReader, fileName: string): TrafficPolicy {
  const rules = root.required('on_http_request')?.list() ?? [];
  const actions = rules.flatMap(readRule);
  for (const phase of OTHER_PHASES) root.value(phase);
  root.close();
  if (actions.length === 0) rejectNone(root);
  const gateways = actions.flatMap(({ map, name }, index) => {
    const suffix = index === 0 ? '' : `#${String(index + 1)}`;
    return readAction(map, name ?? `${fileName}${suffix}`) ?? [];
  });
  return {
    providers: mergeProviders(gateways.flatMap(({ providers }) => providers)),
    endpoints: distinctEndpoints(gateways.flatMap(({ endpoints }) => endpoints)),
    policies: gateways.map(({ policy }) => policy),
  };
}

function rejectNone(root: MapReader): void {
  if (root.report.hasErrors) return;
  root.fail(
    'states_nothing',
    `no rule of \`on_http_request\` has an action \`${GATEWAY_ACTION}\``,
    {
      help: 'name a file that configures an AI gateway',
    },
  );
}

/** A rule is an action itself, as the gateway's pages write it, or holds a list of actions. */
function readRule(item: ValueReader): readonly Action[] {
  const rule = item.map();
  if (rule === undefined) return [];
  const name = rule.text('name', GATEWAY_NAME)?.value;
  const conditions = rule.value('expressions');
  const texts = conditions?.texts({ mayBeEmpty: true })?.value ?? [];
  const actions = rule.has('actions')
    ? (rule.list('actions') ?? []).flatMap((each) => each.map() ?? [])
    : [rule];
  const gateways = actions.filter(isGateway);
  for (const other of actions) if (!gateways.includes(other)) passOver(other);
  if (rule.has('actions')) rule.close();
  if (gateways.length > 0 && texts.length > 0 && conditions !== undefined)
    noteCondition(conditions);
  return gateways.map((map) => ({ map, name }));
}

/** Other actions are ngrok's own business, but for one that seems to be a gateway by a slip: its rules would be lost. */
function passOver(action: MapReader): void {
  const type = action.required('type');
  const config = action.value('config');
  action.close();
  const name = type?.text()?.value ?? '';
  const keys = config?.kind === 'map' ? (config.map()?.keys ?? []) : [];
  const isSlip =
    nearestName(name, [GATEWAY_ACTION]) !== undefined ||
    keys.some((key) => key === 'providers' || key.startsWith('only_allow_'));
  if (!isSlip) return;
  type?.fail(
    'unknown_value',
    `${quote(name)} is configured like \`${GATEWAY_ACTION}\` and is none`,
    {
      replacement: GATEWAY_ACTION,
    },
  );
}

function isGateway(action: MapReader): boolean {
  const type = action.value('type');
  return type?.kind === 'text' && type.text()?.value === GATEWAY_ACTION;
}

/** A condition speaks of requests as ngrok sees them. What it guards restricts more often here, never less. */
function noteCondition({ report, label }: ValueReader): void {
  report.notice(
    'condition_not_evaluated',
    label,
    'this gateway is conditional, and holds here for every request',
    { help: 'write it into a file of its own, and bind it in a Bundle: `include: {file, scope}`' },
  );
}

function readAction(map: MapReader, name: string): Gateway | undefined {
  const config = map.required('config')?.map();
  map.close();
  return config === undefined ? undefined : readGateway(config, name);
}
