/** What happened in a capture and when, for the folder's journal. */
import type { JournalEntry } from "./types.js";

/** More entries than this are not kept: a capture that loops must not fill the server. */
const MOST = 500;

export class Journal {
  readonly entries: JournalEntry[] = [];
  #sent = 0;
  #changed = false;

  constructor(private readonly zero: number) {}

  add(event: string, context: Record<string, unknown>): void {
    if (this.entries.length < MOST) this.entries.push({ event, t_ms: Math.round(performance.now() - this.zero), context });
  }

  /** A camera or microphone came or went during the capture. */
  devicesChanged(): void {
    this.#changed = true;
    this.add("devices_changed", {});
  }

  get changed(): boolean {
    return this.#changed;
  }

  /** The entries that were not handed in yet. */
  take(): JournalEntry[] {
    const rest = this.entries.slice(this.#sent);
    this.#sent = this.entries.length;
    return rest;
  }
}
