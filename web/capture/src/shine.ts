/** The light challenge: the screen shows the drawn colours one after the other, at most two a second. */
import type { Shown } from "./manifest.js";

/** No colour may stay shorter: faster changes are a risk for people with photosensitive epilepsy. */
const SHORTEST = 500;

export class Shine {
  #timer: ReturnType<typeof setInterval> | undefined;
  #shown: Shown["shown"] = [];
  readonly #colors: string[];
  readonly #each: number;

  constructor(
    drawn: { colors: string[]; symbol_ms: number },
    private readonly show: (color: string | undefined) => void,
    private readonly zero: number,
  ) {
    this.#colors = drawn.colors.filter((c) => /^#[0-9a-f]{6}$/i.test(c)).slice(0, 16);
    this.#each = Math.max(SHORTEST, drawn.symbol_ms);
  }

  /** Milliseconds that all colours take. */
  get length(): number {
    return this.#colors.length * this.#each;
  }

  /** What was shown and when, once it was shown whole. */
  get shown(): Shown | null {
    return this.#shown.length === this.#colors.length && this.#shown.length > 0 ? { shown: this.#shown } : null;
  }

  /** Begins, unless the colours were shown already: they are asked for once in a capture. */
  start(): void {
    if (this.shown !== null || this.#timer !== undefined) return;
    this.#shown = [];
    const next = (): void => {
      const color = this.#colors[this.#shown.length];
      if (color === undefined) {
        this.#clear();
        return;
      }
      this.#shown.push({ color, t_ms: Math.round(performance.now() - this.zero) });
      this.show(color);
    };
    next();
    this.#timer = setInterval(next, this.#each);
  }

  /** Ends early; an unfinished sequence begins anew with the next recording. */
  stop(): void {
    this.#clear();
    if (this.shown === null) this.#shown = [];
  }

  #clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.show(undefined);
  }
}
