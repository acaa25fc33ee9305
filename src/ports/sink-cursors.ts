/** How far each sink has come in one trail, kept over restarts. */
export interface CursorStore {
  /** The number of the last record that the sink has for sure; 0: none. Rejects for a cursor that cannot be read. */
  load(name: string): Promise<number>;
  /** Resolves once it is on disk. */
  save(name: string, sequence: number): Promise<void>;
}
