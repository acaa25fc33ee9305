import { EVENT_KINDS, type EventKindSpec } from '../../src/service/events/catalogue';
import { OCSF_CLASSES, OCSF_VERSION } from '../../src/service/events/ocsf-words';
import { tableRows, textOf } from './support/project-files';

describe('docs/events.md', () => {
  it('has a row for each kind, in their order, with its severities, its class and when it is', () => {
    const rows = tableRows(textOf('docs/events.md')).filter(([kind = '']) => kind in EVENT_KINDS);
    const expected = Object.entries<EventKindSpec>(EVENT_KINDS).map(([kind, spec]) => {
      const { uid, name } = OCSF_CLASSES[spec.class];
      return [kind, spec.severities.join(', '), `${String(uid)} ${name}`, spec.when];
    });
    expect(rows).toEqual(expected);
  });

  it('names the version of OCSF whose schema the events are held against', () => {
    expect(textOf('docs/events.md')).toContain(`(OCSF) ${OCSF_VERSION}`);
    expect(textOf('test/fixtures/ocsf/ocsf-1.5.0-subset.json')).toContain(`/${OCSF_VERSION}/`);
  });
});
