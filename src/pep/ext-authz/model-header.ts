import { problemOfModel } from './routing-fields';

/**
 * Names of models as headers can hold them. A comma is what stands between two headers of one name that Envoy joined,
 * so that no name with one is taken: nobody could tell which of the two the hop goes by.
 */
const PLAIN = /^[\x21-\x2b\x2d-\x7e]+$/;

/** Takes the model out of a header. */
export function readModelHeader(
  name: string,
  headers: ReadonlyMap<string, string>,
): { readonly model: string } | { readonly problem: string } {
  const model = headers.get(name);
  if (model === undefined || model === '') return { problem: `the header \`${name}\` is missing` };
  if (!PLAIN.test(model)) return { problem: `the header \`${name}\` must name one model, once` };
  const problem = problemOfModel(model);
  return problem === undefined ? { model } : { problem };
}
