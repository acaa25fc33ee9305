import type { DeclarationPlaces } from '../../core/model/catalog';
import type { Span } from '../yaml/source-text';

/** A name of a declaration that stands once. */
type NamedPart = Exclude<keyof DeclarationPlaces, 'reaches' | 'aliases'>;

/** The place of one name of a declaration, where the file states it. */
export function locatedAt(name: NamedPart, at: Span | undefined): DeclarationPlaces {
  return at === undefined ? {} : { [name]: at.position };
}
