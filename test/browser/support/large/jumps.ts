import type { Requests } from "../visit.ts";
import { type ConsolePage, isHinted, isPainted } from "../console-page.ts";
import type { Month } from "./plan.ts";

/** How near to its month a click on the scrubber has to come; the arrow keys do the rest. */
const mostKeys = 40;

/** Jumps to months by the scrubber, and keeps how long it takes until their photos are seen. */
export class Jumps {
  /** From the last key or click to a placeholder of each photo in the window, in milliseconds. */
  readonly untilHinted: number[] = [];
  /** The same to every picture in the window. */
  readonly untilPainted: number[] = [];
  readonly #archive: ConsolePage;
  readonly #months: readonly Month[];

  /** `months` are all of them, the newest first. */
  constructor(archive: ConsolePage, months: readonly Month[]) {
    this.#archive = archive;
    this.#months = months;
  }

  /**
   * Goes to a month as a person does: a click about where it must be, then the arrow keys until the scrubber says its name.
   * Gives the month whose heading is at the upper edge then, or the asked one where the end of the list forbids that and the
   * month is in sight.
   */
  async to(month: Month): Promise<string> {
    const { page, scrubber } = this.#archive;
    const box = await scrubber.boundingBox();
    if (box === null) throw new Error("There is no scrubber.");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height * this.#fractionOf(month));
    await page.mouse.move(300, 450);
    await this.#fineTune(month);
    const begin = performance.now();
    await page.waitForFunction(isHinted, undefined, { polling: "raf" });
    this.untilHinted.push(performance.now() - begin);
    await page.waitForFunction(isPainted, undefined, { polling: "raf", timeout: 120_000 });
    this.untilPainted.push(performance.now() - begin);
    return this.#landed(month);
  }

  /** How many bytes the page's scripts hold, after what they do not need any more was collected. */
  async heapBytes(): Promise<number> {
    const line = await this.#archive.page.context().newCDPSession(this.#archive.page);
    await line.send("HeapProfiler.collectGarbage");
    const { usedSize } = await line.send("Runtime.getHeapUsage");
    await line.detach();
    return usedSize;
  }

  #fractionOf(month: Month): number {
    const all = this.#months.reduce((sum, { count }) => sum + count, 0);
    const at = this.#months.indexOf(month);
    const before = this.#months.slice(0, at).reduce((sum, { count }) => sum + count, 0);
    return Math.min(0.999, Math.max(0.001, (before + month.count / 2) / all));
  }

  async #fineTune(month: Month): Promise<void> {
    const { page, scrubber } = this.#archive;
    const wanted = this.#months.indexOf(month);
    for (let step = 0; step < mostKeys; step++) {
      const told = await scrubber.getAttribute("aria-valuetext");
      const at = this.#months.findIndex(({ name }) => name === told);
      if (at === wanted) return;
      await page.keyboard.press(at === -1 || at > wanted ? "ArrowUp" : "ArrowDown");
    }
    throw new Error(`The scrubber does not come to ${month.name}.`);
  }

  async #landed({ name }: Month): Promise<string> {
    const top = await this.#archive.topHeading();
    if (top === name) return top;
    const isAtEnd = await this.#archive.grid.evaluate(({ parentElement: scroller }) => {
      if (scroller === null) return false;
      return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
    });
    return isAtEnd && (await this.#archive.month(name).isVisible()) ? name : top;
  }
}

/** What a run of jumps has shown, in lines for people. */
export function figuresText({
  photos,
  jumps,
  requests,
  longTasks,
  heap,
}: {
  readonly photos: number;
  readonly jumps: Jumps;
  readonly requests: Requests;
  /** In milliseconds. */
  readonly longTasks: readonly number[];
  /** In bytes. */
  readonly heap: number;
}): string {
  const { untilHinted, untilPainted } = jumps;
  const of = (part: string): string => {
    const [made, cancelled] = [requests.made, requests.cancelled].map(
      (urls) => urls.filter((url) => url.includes(part)).length,
    );
    return `${made} made, ${cancelled} cancelled`;
  };
  return [
    `${untilHinted.length} jumps in a library of ${photos} photos`,
    `placeholders of the whole window: ${spread(untilHinted)}`,
    `pictures of the whole window: ${spread(untilPainted)}`,
    `requests for lists: ${of("/v1/media?")}`,
    `requests for thumbnails: ${of("/thumbnail?")}`,
    `tasks of more than 50 ms: ${longTasks.length}, the longest ${Math.round(Math.max(0, ...longTasks))} ms`,
    `memory of the page's scripts at the end: ${(heap / 2 ** 20).toFixed(1)} MiB`,
  ].join("\n");
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): string =>
    String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0));
  return `median ${at(0.5)} ms, 95 % within ${at(0.95)} ms`;
}
