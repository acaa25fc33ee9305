import { REPLAY_CODES } from '../../src/service/replay/replay-report';
import { tableRows, textOf } from './support/project-files';

describe('docs/report.md', () => {
  it('has a row for each code of a replay, in their order, with what it means', () => {
    const rows = tableRows(textOf('docs/report.md')).filter(([code = '']) => code in REPLAY_CODES);
    expect(rows).toEqual(Object.entries(REPLAY_CODES));
  });
});
