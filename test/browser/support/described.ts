import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { ConsolePage } from "./console-page.ts";
import { bringInDozen, byName, wordsOf, write, type FieldsOf } from "./dozen.ts";
import { startSite, type OwnSite } from "./site.ts";
import type { Visit, VisitOptions } from "./visit.ts";

/** A photo that is open, with the form beside it. */
export interface Opened extends Visit {
  readonly archive: ConsolePage;
  readonly form: Locator;
}

/** A service with a few photos that tests describe, each known by its place from 1. */
export class Described {
  readonly site: OwnSite;
  readonly #ids: readonly string[];

  constructor(site: OwnSite, ids: readonly string[]) {
    this.site = site;
    this.#ids = ids;
  }

  idAt(place: number): string {
    return this.#ids[place - 1] ?? "";
  }

  /** The words that the service has of a photo. */
  words(place: number): Promise<FieldsOf> {
    return wordsOf(this.site, this.idAt(place));
  }

  /** Writes words as another person would. */
  write(place: number, words: FieldsOf): Promise<void> {
    return write(this.site, this.idAt(place), words);
  }

  /** Takes every word of these photos away, so that no test sees those of another one. */
  async empty(...places: number[]): Promise<void> {
    for (const place of places) {
      const names = Object.keys(await this.words(place));
      await this.write(place, Object.fromEntries(names.map((name) => [name, null])));
    }
  }

  /** Opens a photo among all of them, by their names. */
  async open(place: number, options: VisitOptions = {}): Promise<Opened> {
    const visit = await this.site.visitSignedIn(`/?${byName}&photo=${this.idAt(place)}`, options);
    const archive = new ConsolePage(visit.page);
    await archive.viewer.waitFor();
    return { ...visit, archive, form: formOf(visit.page) };
  }

  /** The same with the focus in the description. */
  async describe(place: number, options: VisitOptions = {}): Promise<Opened> {
    const opened = await this.open(place, options);
    await opened.form.waitFor();
    await opened.page.keyboard.press("e");
    await expectFocused(opened.page, "description");
    return opened;
  }
}

/** Starts a service with a dozen photos, or another number, and with settings over those of the project. */
export async function startDescribed(photos = 12, settings: string | null = null): Promise<Described> {
  const site = await startSite(null, settings);
  return new Described(site, await bringInDozen(site, photos));
}

/** The form of the photo that is open. */
export function formOf(page: Page): Locator {
  return page.getByRole("form", { name: "Describe this photo" });
}

/** What is announced. */
export function told(page: Page, sentence: string | RegExp): Locator {
  return page.getByRole("status").filter({ hasText: sentence });
}

/** Holds that the field whose id ends so has the focus, or comes to have it. */
export async function expectFocused(page: Page, name: string): Promise<void> {
  await page.waitForFunction((end) => document.activeElement?.id.endsWith(`-${end}`) === true, name);
}

/** Holds that a photo is open, or comes to be. */
export async function expectOpen(page: Page, id: string): Promise<void> {
  await page.waitForURL((url) => url.searchParams.get("photo") === id);
}

/** Looks again until it holds, however busy the machine is. */
export function expectPolled<Value>(look: () => Value | Promise<Value>) {
  return expect.poll(look, { timeout: 30_000 });
}

/** What the service comes to have of a photo. */
export function expectWords(on: Described, place: number) {
  return expectPolled(() => on.words(place));
}
