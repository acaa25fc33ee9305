import type { TargetDeclaration } from '../../src/core/model/catalog';
import { agreedProvider, isDialectName } from './tables';
import type { AskedName, World } from './types';

/** The provider's id for a name (id or alias), as the given files know it; a name nobody knows stands for itself. */
export function canonicalProvider(name: string, files: World['files']): string {
  const providers = files.flatMap(({ document }) => document.providers);
  if (providers.some(({ id }) => id === name)) {
    return name;
  }
  return providers.find(({ aliases }) => aliases.includes(name))?.id ?? name;
}

/** The provider that a client means by a name: as files have it, else as all dialects that know the name do. */
export function meantProvider(name: string, world: World): string {
  return agreedProvider(name, world) ?? canonicalProvider(name, world.files);
}

/** Choice, fail closed: a provider of any file of the bundle can be pinned to, matching or not. */
function isProviderName(name: string, world: World): boolean {
  if (isDialectName(name, world)) return true;
  return world.set.documents
    .flatMap(({ document }) => document.providers)
    .some(({ id, aliases }) => id === name || aliases.includes(name));
}

/**
 * `x/rest` and `x:rest`, read as the caller is configured (L7). `x:` is part of many names (`m:free`), so it pins
 * only where `x` is a provider.
 */
function splitName(written: string, world: World): AskedName {
  const style = world.request.context.modelIdStyle;
  for (const separator of ['/', ':']) {
    const at = written.indexOf(separator);
    const pin = written.slice(0, Math.max(at, 0));
    const base = written.slice(at + 1);
    const mayPin = style === 'auto' || separator === ':' ? isProviderName(pin, world) : true;
    const pins = style !== 'author' && mayPin;
    if (pin !== '' && base !== '' && pins) {
      return { written, pin, base };
    }
  }
  return { written, base: written };
}

/** All names by which the client asks. */
export function askedNames(world: World): readonly AskedName[] {
  const { model, models } = world.request.context;
  return [...(model === undefined ? [] : [model]), ...models].map((name) => splitName(name, world));
}

/** The names by which clients ask for a target; its model, unless it says otherwise. */
export function serves(target: TargetDeclaration, name: string): boolean {
  return (target.serves ?? [target.model]).includes(name);
}

/** A name of a target that chooses further by itself: `auto`, `smart`, `x-latest`, `x:latest`, `x/auto`, ... */
export function isRouterName(model: string): boolean {
  const last = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return (
    ['auto', 'latest', 'smart', 'free', 'router', 'model-router'].includes(last) ||
    last.endsWith('-latest') ||
    last.endsWith(':latest')
  );
}
