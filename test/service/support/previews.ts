import type { RequestContext } from '../../../src/core/model/request';
import { preview } from '../../../src/service/preview';
import type { PreviewDocument, PreviewModel } from '../../../src/service/preview-document';
import type { MemoryFiles } from '../../cli/support/memory-reader';
import { ask } from './asks';
import { loadFiles, START_MS } from './world';

/** Previews files that must be right, for a request of these parts; the first file is the root. */
export async function previewOf(
  files: MemoryFiles,
  context: Partial<RequestContext> = {},
  nowMs = START_MS,
): Promise<PreviewDocument> {
  const [first = ''] = Object.keys(files);
  const { bundle, findings } = await loadFiles(files, [{ path: first }]);
  if (bundle === undefined) throw new Error(JSON.stringify(findings));
  return preview(bundle, ask({ context }).request, nowMs);
}

/** The model of a name; the test fails where there is none. */
export function modelOf({ models }: PreviewDocument, name: string): PreviewModel {
  const found = models.find(({ names }) => names.includes(name));
  if (found === undefined) throw new Error(`no model ${name}`);
  return found;
}

/** Targets of two providers, whose claims expire in the course of 2026. */
export const EXPIRING = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: two }
spec:
  providers:
    - id: short
      claims:
        training_opt_out: { value: true, expires_at: 2026-06-01 }
        retention_days: 0
      targets: [{ model: chat }, { model: code }]
    - id: long
      claims:
        training_opt_out: { value: true, expires_at: 2026-09-01 }
        retention_days: 0
      targets: [{ model: chat }]
`;
