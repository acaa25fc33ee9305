import type { FileFindingCode } from '../yaml/finding-codes';
import type { Report } from '../yaml/report';
import { quoteAll, type Span } from '../yaml/source-text';

/** Names that one finding lists. A list has thousands of entries, and the first ones show of what kind they are. */
const MAX_NAMED = 5;

/** What is worth knowing of a published list; each is one finding, at the first place, whatever the number of places. */
type NoteCode = Extract<
  FileFindingCode,
  'entry_not_taken' | 'unclear_claim' | 'router_in_list' | 'gateway_in_list'
>;

/** What each note says behind the names, and what to do. */
const WORDS: Record<NoteCode, { readonly says: string; readonly help: string }> = {
  entry_not_taken: {
    says: 'no target, or not in a form that ids have, and not taken',
    help: 'declare what you need of them in a catalog of your own',
  },
  unclear_claim: {
    says: 'a price of 0 or less, or two entries that differ, and not taken',
    help: 'state it in a catalog of your own; otherwise it is unknown',
  },
  router_in_list: {
    says: 'a model that chooses further upstream, and never eligible: the list says not what it reaches',
    help: 'name a model, or state under `reaches` every target that it may choose',
  },
  gateway_in_list: {
    says: 'a gateway that may send requests on to others, and the list says not whether it does',
    help: 'declare `nested_gateway: true`, or `fallback_off` if it is, in a catalog of your own',
  },
};

/** Collects what a list holds that is not taken, or that a reader must know. */
export class ListNotes {
  readonly #places = new Map<NoteCode, { readonly at: Span; readonly names: Set<string> }>();

  add(code: NoteCode, at: Span, name: string): void {
    const place = this.#places.get(code) ?? { at, names: new Set<string>() };
    place.names.add(name);
    this.#places.set(code, place);
  }

  /** Turns everything that was collected into findings. */
  reportTo(report: Report): void {
    for (const [code, { at, names }] of this.#places) {
      const { says, help } = WORDS[code];
      report.notice(code, at, `${list([...names])}: ${says}`, { help });
    }
  }
}

function list(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  const shown = quoteAll(names.slice(0, MAX_NAMED));
  return more > 0 ? `${shown} and ${String(more)} more` : shown;
}
