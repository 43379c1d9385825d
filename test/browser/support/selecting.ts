import type { Locator, Page } from "playwright-core";
import { ConsolePage } from "./console-page.ts";
import type { Site } from "./site.ts";
import type { Visit, VisitOptions } from "./visit.ts";

/** The grid of photos, where some may be selected. */
export interface Selecting extends Visit {
  readonly archive: ConsolePage;
  /** What tells how many are selected, and what can be done with them. */
  readonly bar: Locator;
}

/** Opens the grid of photos with somebody who may change them, and waits until it is there. */
export async function lookToSelect(site: Site, path = "/", options: VisitOptions = {}): Promise<Selecting> {
  const visit = await site.visitSignedIn(path, options);
  const archive = new ConsolePage(visit.page);
  await archive.settle();
  return { ...visit, archive, bar: visit.page.getByRole("region", { name: "Selected photos" }) };
}

/** The places of the cells on the screen that are selected. */
export function selectedPlaces(page: Page): Promise<number[]> {
  return page
    .getByRole("gridcell", { selected: true })
    .evaluateAll((cells) =>
      cells.map((cell) => Number(cell.getAttribute("data-place"))).toSorted((a, b) => a - b),
    );
}

/** Selects the first photos by the keyboard. */
export async function selectFirst(archive: ConsolePage, count: number): Promise<void> {
  await archive.cells.first().focus();
  await archive.page.keyboard.press("x");
  for (let more = 1; more < count; more++) await archive.page.keyboard.press("Shift+ArrowRight");
}
