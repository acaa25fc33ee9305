import type { SecurityEvent, SeverityId } from '../../ports/security-events';
import { instantText } from '../../service/json-values';
import type { Palette } from '../palette';
import { escapeText, padEnd } from '../text';

/** As wide as the longest word of each column. */
const SEVERITY_WIDTH = 13;
const KIND_WIDTH = 17;

/** An event for people, in one line. Whatever stands in the trail, it acts on no terminal and makes no second line. */
export function eventText(event: SecurityEvent, palette: Palette): string {
  const { metadata, time, message, severity_id: severityId } = event;
  const { event_code: kind, tenant_uid: tenant, correlation_uid: decision, uid } = metadata;
  const { word, color } = severityOf(severityId, palette);
  return [
    instantText(time),
    color(padEnd(word, SEVERITY_WIDTH)),
    palette.bold(padEnd(escapeText(kind), KIND_WIDTH)),
    escapeText(message),
    ...(tenant === undefined ? [] : [escapeText(`tenant=${tenant}`)]),
    palette.dim(escapeText(typeof decision === 'string' ? `decision=${decision}` : `id=${uid}`)),
  ].join('  ');
}

function severityOf(
  severityId: SeverityId,
  palette: Palette,
): { readonly word: string; readonly color: (text: string) => string } {
  switch (severityId) {
    case 1:
      return { word: 'informational', color: palette.dim };
    case 2:
      return { word: 'low', color: palette.blue };
    case 3:
      return { word: 'medium', color: palette.yellow };
    case 4:
      return { word: 'high', color: palette.red };
    case 5:
      return { word: 'critical', color: palette.red };
  }
}
