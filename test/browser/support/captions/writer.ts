import type { BrowserContext, Page } from "playwright-core";
import { chanceOf } from "../../../../scripts/console/paint/canvas.ts";
import type { Site } from "../site.ts";

/** What a page counts while somebody writes on it; see {@link count}. */
interface Counted {
  /** Keys that were pressed, those that only change others included. */
  keys: number;
  /** Presses of a mouse, a finger or a pen. */
  pointers: number;
  /** From the key that saves to the picture of the next photo, in milliseconds. */
  readonly turns: number[];
}

declare global {
  interface Window {
    counted?: Counted;
  }
}

/** What somebody has typed, and what it took. */
export interface Written {
  /** The last text of each photo, by its id. */
  readonly captions: ReadonlyMap<string, string>;
  readonly keys: number;
  readonly pointers: number;
  /** In milliseconds, each from the key that saves to the picture of the next photo. */
  readonly turns: readonly number[];
}

/** What goes wrong in the middle of a caption. */
export type Trouble = "none" | "killed" | "cut";

/**
 * Somebody who describes one photo after the other by the keyboard alone, in a browser whose tab dies and whose network
 * breaks at moments that are drawn.
 */
export class Writer {
  readonly #context: BrowserContext;
  readonly #chance: () => number;
  readonly #captions = new Map<string, string>();
  readonly #turns: number[] = [];
  #keys = 0;
  #pointers = 0;
  #page: Page;

  private constructor(page: Page, seed: number) {
    this.#page = page;
    this.#context = page.context();
    this.#chance = chanceOf(seed);
  }

  /** Opens a photo, with the focus in its description. */
  static async at(site: Site, path: string, seed: number): Promise<Writer> {
    const { page } = await site.visitSignedIn(path);
    const writer = new Writer(page, seed);
    await writer.#begin(page);
    return writer;
  }

  /** Describes the photo that is open, through some trouble, and goes on to the next one. */
  async describe(trouble: Trouble): Promise<void> {
    const id = this.#id();
    const caption = this.#text(id);
    const broken = Math.floor(this.#chance() * (caption.length + 1));
    await this.#type(caption.slice(0, broken));
    if (trouble === "killed") await this.#dieAt(caption.slice(0, broken));
    if (trouble === "cut") await this.#context.setOffline(true);
    await this.#type(caption.slice(broken));
    // Half of the cuts end before the words are saved, half of them after it.
    const endsLater = trouble === "cut" && this.#chance() < 0.5;
    if (trouble === "cut" && !endsLater) await this.#context.setOffline(false);
    this.#captions.set(id, caption);
    await this.#press("Control+Enter");
    if (endsLater) {
      await this.#page.waitForTimeout(Math.floor(this.#chance() * 200));
      await this.#context.setOffline(false);
    }
    await this.#waitForNext(id);
  }

  /** Waits until the service has everything, and tells what was typed. */
  async end(): Promise<Written> {
    await this.#page.keyboard.press("Escape");
    await this.#page.getByRole("button", { name: "Menu", exact: true }).waitFor({ timeout: 120_000 });
    await this.#take();
    return { captions: this.#captions, keys: this.#keys, pointers: this.#pointers, turns: this.#turns };
  }

  async #begin(page: Page): Promise<void> {
    await page.evaluate(count);
    await page.getByRole("form", { name: "Describe this photo" }).waitFor();
    await page.keyboard.press("e");
    await page.waitForFunction(isDescribing);
    // What leads here is no work on a photo.
    await page.evaluate(() => {
      if (window.counted !== undefined) window.counted.keys = 0;
    });
  }

  /** The tab dies, and another one is opened at the same photo: what was typed has to be there. */
  async #dieAt(typed: string): Promise<void> {
    await this.#take();
    const dead = this.#page;
    const address = dead.url();
    const line = await this.#context.newCDPSession(dead);
    // The answer would come from the tab that dies.
    line.send("Page.crash").catch(() => {});
    await dead.waitForEvent("crash");
    this.#page = await this.#context.newPage();
    await this.#page.goto(address);
    await this.#begin(this.#page);
    await dead.close();
    const there = await this.#page.getByRole("textbox", { name: "Description" }).inputValue();
    if (there !== typed)
      throw new Error(`Typed were “${typed}”, and after the tab had died “${there}” was there.`);
    await this.#page.keyboard.press("Control+End");
  }

  async #waitForNext(before: string): Promise<void> {
    await this.#page.waitForFunction(
      (id) => new URLSearchParams(location.search).get("photo") !== id,
      before,
    );
    await this.#page.waitForFunction(isDescribing);
  }

  async #type(text: string): Promise<void> {
    if (text !== "") await this.#page.keyboard.type(text);
  }

  async #press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  /** Takes what the page has counted, before the page is gone. */
  async #take(): Promise<void> {
    const counted = await this.#page.evaluate(() => window.counted);
    if (counted === undefined) return;
    this.#keys += counted.keys;
    this.#pointers += counted.pointers;
    this.#turns.push(...counted.turns);
  }

  #id(): string {
    return new URL(this.#page.url()).searchParams.get("photo") ?? "";
  }

  #text(id: string): string {
    const words = [
      "A lake",
      "before noon",
      "with Ann",
      "in the fog",
      "seen from the pass",
      "– été, Łódź, 写真",
    ];
    const drawn = words.filter(() => this.#chance() < 0.5);
    return [id.slice(-6), ...drawn].join(" ");
  }
}

/** Runs in the page: whether the focus is in the description. */
function isDescribing(): boolean {
  return document.activeElement?.id.endsWith("-description") === true;
}

/** Runs in the page: counts keys and pointers from now on, and measures how long the next photo takes. */
function count(): void {
  const counted: Counted = { keys: 0, pointers: 0, turns: [] };
  window.counted = counted;
  const photo = (): string | null => new URLSearchParams(location.search).get("photo");
  const isShown = (id: string | null): boolean =>
    [...document.querySelectorAll<HTMLImageElement>("dialog img")].some(
      (image) => image.src.includes(`/${id}/`) && image.complete && image.naturalWidth > 0,
    );
  addEventListener(
    "keydown",
    ({ key, ctrlKey }) => {
      counted.keys += 1;
      if (key !== "Enter" || !ctrlKey) return;
      const [before, begin] = [photo(), performance.now()];
      const look = (): void => {
        const now = photo();
        // The frame after the one in which the picture is there has it on the screen.
        if (now !== before && isShown(now))
          requestAnimationFrame(() => counted.turns.push(performance.now() - begin));
        else if (performance.now() - begin < 10_000) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );
  addEventListener("pointerdown", () => (counted.pointers += 1), { capture: true });
}
