import type { ValueReader } from '../../dialects/yaml/reader';
import { NAME } from '../../dialects/native/names';
import type { PolicyRoot } from '../../ports/service-config';

/** Makes a path of one that a text states. */
type ResolvePath = (path: string) => string;

/** Reads what to load policies from: paths, or paths with their dialect. */
export function readRoots(
  value: ValueReader,
  resolve: ResolvePath,
): readonly PolicyRoot[] | undefined {
  return value.list()?.flatMap((item) => readRoot(item, resolve) ?? []);
}

function readRoot(item: ValueReader, resolve: ResolvePath): PolicyRoot | undefined {
  if (item.kind !== 'map') {
    const text = item.text();
    return text === undefined ? undefined : { path: resolve(text.value) };
  }
  const map = item.map();
  const path = map?.required('path')?.text();
  const dialect = map?.text('dialect', NAME);
  map?.close();
  if (path === undefined) return undefined;
  return {
    path: resolve(path.value),
    ...(dialect === undefined ? {} : { dialect: dialect.value }),
  };
}
