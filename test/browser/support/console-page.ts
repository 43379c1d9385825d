import type { Locator, Page } from "playwright-core";

/** The console as a person finds their way in it: by roles and names alone. */
export class ConsolePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Everything between the bars and the window's lower edge. */
  get main(): Locator {
    return this.page.getByRole("main", { name: "Photos" });
  }

  get grid(): Locator {
    return this.page.getByRole("grid", { name: "Photos" });
  }

  get cells(): Locator {
    return this.grid.getByRole("gridcell");
  }

  /** What a cell is called, by its place among those that are drawn: its content that is not hidden from screen readers. */
  async cellName(place: number): Promise<string> {
    const told = this.cells.nth(place).locator("xpath=*[not(@aria-hidden)]");
    return (await told.allTextContents()).join(" ").trim();
  }

  get scrubber(): Locator {
    return this.page.getByRole("slider", { name: "Date" });
  }

  get search(): Locator {
    return this.page.getByRole("combobox", { name: "Search photos" });
  }

  get suggestions(): Locator {
    return this.page.getByRole("listbox", { name: "Suggestions" });
  }

  get browse(): Locator {
    return this.page.getByRole("button", { name: "Browse" });
  }

  get chips(): Locator {
    return this.page.getByRole("list", { name: "Filters" });
  }

  /** The photo that is open. */
  get viewer(): Locator {
    return this.page
      .getByRole("dialog")
      .filter({ has: this.page.getByRole("button", { name: "Next photo" }) });
  }

  /** The heading of a month, which has the number of its photos beside it. */
  month(name: string): Locator {
    return this.grid
      .getByRole("rowheader")
      .filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  /** The cell whose name has this in it. */
  cell(name: string | RegExp): Locator {
    return this.cells.filter({ visible: true }).and(this.page.getByRole("gridcell", { name }));
  }

  /** Waits until the grid has photos, and every picture on the screen is there. */
  async settle(): Promise<void> {
    await this.cells.first().waitFor();
    await this.page.waitForFunction(isPainted);
  }

  /** Chooses how photos are shown: a size of their cells, or whole pictures instead of squares. */
  async show(how: "Small" | "Medium" | "Large" | "Whole pictures" | "Filled squares"): Promise<void> {
    const button = this.page.getByRole("button", { name: "How photos are shown" });
    await button.click();
    await this.page.getByRole("radio", { name: how }).check();
    await this.page.keyboard.press("Escape");
  }

  /** Opens a photo by a click and waits until it is known. */
  async open(name: string | RegExp): Promise<void> {
    await this.cell(name).click();
    await this.viewer.waitFor();
  }

  /** The name of the photo that is open. */
  async shown(): Promise<string> {
    return (await this.viewer.getByRole("heading", { level: 2 }).first().textContent()) ?? "";
  }

  /** What the heading at the upper edge of the grid says, and whether it stands there itself rather than being pushed. */
  topHeading(): Promise<string> {
    return this.page.evaluate(topHeading);
  }
}

/** Runs in the page: whether no cell in the window waits for its facts or its picture. */
export function isPainted(): boolean {
  const cells = [...document.querySelectorAll('[role="grid"] [role="gridcell"]')].filter((cell) => {
    const { top, bottom } = cell.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  const isLoaded = (image: HTMLImageElement): boolean => image.complete && image.naturalWidth > 0;
  return (
    cells.length > 0 &&
    cells.every((cell) => cell.getAttribute("aria-busy") !== "true") &&
    cells.every((cell) => [...cell.querySelectorAll("img")].every(isLoaded))
  );
}

/** Runs in the page: whether every cell in the window has a placeholder, a picture, or says why it has none. */
export function isHinted(): boolean {
  const cells = [...document.querySelectorAll('[role="grid"] [role="gridcell"]')].filter((cell) => {
    const { top, bottom } = cell.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  return cells.length > 0 && cells.every((cell) => cell.querySelector("canvas, img, .lack") !== null);
}

/** Runs in the page: the heading that stands at the upper edge of what is scrolled. */
function topHeading(): string {
  const grid = document.querySelector('[role="grid"]');
  const edge = grid?.parentElement?.getBoundingClientRect().top ?? 0;
  const headings = [...document.querySelectorAll('[role="grid"] [role="rowheader"]')];
  const atEdge = headings.find((heading) => Math.abs(heading.getBoundingClientRect().top - edge) <= 1);
  return atEdge?.querySelector("h2")?.textContent ?? "";
}
