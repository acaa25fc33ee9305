import type { SourcePosition } from '../../../core/model/source-position';

/** A marked word: where it starts, and the first column after it on the same line. */
export interface Spot {
  readonly position: SourcePosition;
  readonly endColumn: number;
}

/** How much a value holds, with all that aliases repeat in it: values, and levels of nesting. */
interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** A value of a configuration. An alias is the value that it stands for, at the place of its anchor. */
export type ConfigNode = ConfigScalar | ConfigList | ConfigMap;

/** Text, number, truth value or nothing. */
export interface ConfigScalar extends Spot, Extent {
  readonly kind: 'scalar';
  /** As the file writes it, without quotes. */
  readonly text: string;
  readonly quoted: boolean;
}

/** A list in file order. */
export interface ConfigList extends Spot, Extent {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
}

/** A mapping in file order. */
export interface ConfigMap extends Spot, Extent {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ConfigEntry>;
}

/** One key with its value. */
export interface ConfigEntry {
  readonly key: Spot;
  readonly value: ConfigNode;
}

/** What keeps a file from being read as Envoy reads it. */
export interface ReadFault {
  readonly code: 'unreadable_configuration' | 'repeated_key';
  readonly at: Spot;
  readonly message: string;
}
