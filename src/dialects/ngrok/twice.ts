import { canonicalId } from '../../core/policy/identifier';
import type { Report } from '../yaml/report';
import { quote, type Located } from '../yaml/source-text';

/** Reports each name that stands for two things. */
export function rejectTwice(report: Report, what: string, names: readonly Located<string>[]): void {
  const seen = new Map<string, Located<string>>();
  for (const name of names) {
    const first = seen.get(canonicalId(name.value));
    if (first === undefined) {
      seen.set(canonicalId(name.value), name);
      continue;
    }
    const place = `${String(first.position.line)}:${String(first.position.column)}`;
    const message = `the ${what} ${quote(name.value)} stands twice, first at ${place}`;
    report.error('duplicate_item', name, message, {
      help: 'let each name mean one',
      related: { at: first, message: 'the first stands here' },
    });
  }
}
