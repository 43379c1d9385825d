/** For how long answers are kept, in milliseconds. */
const keptMs = 60_000;

/** How many answers are kept; the oldest ones go first. */
const mostKept = 100;

/** Answers that stay the same for a while, by what was asked. */
export class Kept<Answer> {
  readonly #now: () => number;
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Answer }>();

  /** @param now - The clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What was answered within the last minute, else what is answered now. A question that fails is asked anew. */
  async get(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#answers.get(question);
    if (kept !== undefined && this.#now() - kept.at < keptMs) return kept.answer;
    const answer = await ask();
    this.#answers.delete(question);
    this.#answers.set(question, { at: this.#now(), answer });
    for (const oldest of Array.from(this.#answers.keys()).slice(0, -mostKept)) this.#answers.delete(oldest);
    return answer;
  }
}
