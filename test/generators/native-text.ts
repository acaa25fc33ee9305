import type { PolicySet } from '../../src/core/model/policy-set';
import { printDocument } from '../../src/dialects/native/print/print-document';
import { printScope } from '../../src/dialects/native/print/print-policy';
import { printText } from '../../src/dialects/native/print/printed-document';
import { statedOnly } from '../../src/dialects/native/print/stated-only';

/** A file with its text. */
export interface PrintedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A set as native files: the root, which binds the others, and one file a document. Only what `printable` leaves
 * can be said, and documents that state nothing are left out.
 */
export function nativeFiles({ settings, documents }: PolicySet): readonly PrintedFile[] {
  const printed = documents
    .map(({ document, binding }) => ({
      name: document.file,
      scope: printScope(binding),
      text: printDocument(document),
    }))
    .filter(({ text }) => text !== '');
  const spec = statedOnly({
    default: settings.whenNoPolicyApplies,
    tenants: settings.tenants,
    scope_values: printScope(settings.scopeValues),
    include: printed.map(({ name, scope }) => statedOnly({ file: name, scope })),
  });
  const root = { kind: 'Bundle', name: settings.name, spec, head: [], comments: [] } as const;
  return [
    { name: 'bundle.yaml', text: printText([root]) },
    ...printed.map(({ name, text }) => ({ name, text })),
  ];
}
