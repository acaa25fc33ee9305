import type { CursorStore } from '../../ports/sink-cursors';

/** How far a sink is: what it has for sure, of which the cursor on disk may know less, and never more. */
export class Position {
  private readonly cursors: CursorStore;
  private readonly sink: string;
  private current: number | undefined;
  private saved = 0;

  constructor(cursors: CursorStore, sink: string) {
    this.cursors = cursors;
    this.sink = sink;
  }

  /** 0 until the cursor was read. */
  get known(): number {
    return this.current ?? 0;
  }

  /** Reads the cursor, the first time, and saves what could not be saved before. */
  async settle(): Promise<number> {
    if (this.current === undefined) {
      this.saved = await this.cursors.load(this.sink);
      this.current = this.saved;
    }
    if (this.current !== this.saved) await this.moveTo(this.current);
    return this.current;
  }

  /** Says that the sink has everything up to this number. If that cannot be saved, it rejects, and it holds all the same. */
  async moveTo(sequence: number): Promise<void> {
    this.current = sequence;
    await this.cursors.save(this.sink, sequence);
    this.saved = sequence;
  }
}
