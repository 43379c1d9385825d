import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import { focused, showsFocus, tabTo } from "../support/keyboard.ts";
import { openCollection, type Site } from "../support/site.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";
import { screens, type Screen } from "../support/screens.ts";

let site: Site;

beforeAll(async () => {
  site = await openCollection();
});

afterAll(() => site.close());

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/** Screens that have every kind of what is pressed. */
const forcedNames: ReadonlySet<string> = new Set(["filters", "browse", "photo"]);

describe("a screen keeps nobody out and is no wider than the window, wide, narrow, light and dark:", () => {
  test.each(screens.map((screen): [string, Screen] => [screen.name, screen]))("%s", async (_, { open }) => {
    const { page, complaints } = await open(site, { viewport: wide });
    const isNoWider = async (): Promise<boolean> => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      return width <= (page.viewportSize()?.width ?? 0);
    };
    const found = { wide: await accessibilityFindings(page) };
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourFindings(page);
    await page.emulateMedia({ colorScheme: "light" });
    const fits = { wide: await isNoWider() };
    await page.setViewportSize(narrow);
    const small = await accessibilityFindings(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const smallDark = await colourFindings(page);
    expect({ ...found, dark, small, smallDark }).toEqual({
      wide: [],
      dark: [],
      small: [],
      smallDark: [],
    });
    expect({ ...fits, narrow: await isNoWider() }).toEqual({ wide: true, narrow: true });
    expect(complaints.exceptions).toEqual([]);
    expect(complaints.violations).toEqual([]);
  });
});

async function visitPhotos(options: VisitOptions = {}) {
  const visit = await site.visitSignedIn("/", options);
  return { ...visit, archive: new ConsolePage(visit.page) };
}

test.each(
  screens.map((screen): [string, Screen] => [screen.name, screen]).filter(([name]) => forcedNames.has(name)),
)("in forced colours everything that is pressed has an edge: %s", async (_, { open }) => {
  const { page } = await open(site, { viewport: wide, forcedColors: "active" });
  const edgeless = await page.getByRole("button").evaluateAll((buttons) =>
    buttons
      .filter((button) => button.checkVisibility())
      .filter((button) => {
        const { borderTopStyle, borderTopWidth } = getComputedStyle(button);
        return borderTopStyle === "none" || Number.parseFloat(borderTopWidth) === 0;
      })
      .map((button) => button.outerHTML.slice(0, 120)),
  );
  expect(edgeless).toEqual([]);
});

describe("with the keyboard alone", () => {
  test("somebody signs in, goes to a month, opens a photo, looks at the next, and comes back to its cell", async () => {
    const { page, complaints } = await site.visit("/");
    const archive = new ConsolePage(page);
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    await tabTo(page, /^input: API key/);
    await page.keyboard.type(site.key);
    await page.keyboard.press("Enter");
    await archive.settle();
    await tabTo(page, /^slider: Date/);
    expect(await showsFocus(page)).toBe(true);
    await page.keyboard.press("PageDown");
    await expect.poll(() => archive.topHeading()).toBe("August 2023");
    await tabTo(page, /^gridcell/, "Shift+Tab");
    expect(await focused(page)).toMatch(/August 2023/);
    expect(await showsFocus(page)).toBe(true);
    await page.keyboard.press("Enter");
    await archive.viewer.waitFor();
    const first = await archive.shown();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => archive.shown()).not.toBe(first);
    const name = await archive.shown();
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toContain(name);
    expect(complaints).toEqual(noComplaints);
  });

  test("the first stop leads past the bars to the photos", async () => {
    const { page, archive } = await visitPhotos();
    await archive.settle();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/^a: Skip to the photos/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect.poll(() => focused(page)).toMatch(/^gridcell/);
  });

  test("somebody sees which keys there are, and goes on where they were", async () => {
    const { page, archive } = await visitPhotos();
    await archive.settle();
    await archive.cells.first().focus();
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    await dialog.getByText("Open the photo").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toMatch(/^gridcell/);
  });

  test("single characters are no commands for somebody who has switched them off, now and later", async () => {
    const { page, archive } = await visitPhotos();
    await archive.settle();
    await archive.cells.first().focus();
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    await dialog.getByRole("checkbox", { name: /^Single characters/ }).uncheck();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const expectNoCommand = async (): Promise<void> => {
      await archive.cells.first().focus();
      await page.keyboard.press("/");
      await page.keyboard.press("?");
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => focused(page)).toMatch(/^gridcell.*, 2 of /);
      expect(await dialog.count()).toBe(0);
    };
    await expectNoCommand();
    await page.reload();
    await archive.settle();
    await expectNoCommand();
    await page.getByRole("button", { name: "Account" }).click();
    await page.getByRole("button", { name: "Keyboard" }).click();
    await dialog.getByRole("checkbox", { name: /^Single characters/ }).check();
    await page.keyboard.press("Escape");
    await archive.cells.first().focus();
    await page.keyboard.press("/");
    await expect.poll(() => focused(page)).toMatch(/Search photos/);
  });

  test("every stop of the photos' screen shows that it has the focus", async () => {
    const { page, archive } = await visitPhotos();
    await archive.settle();
    const unseen: string[] = [];
    const seen = new Set<string>();
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press("Tab");
      const now = await focused(page);
      if (now === "nothing" || seen.has(now)) break;
      seen.add(now);
      if (!(await showsFocus(page))) unseen.push(now);
    }
    expect(seen.size).toBeGreaterThan(6);
    expect(unseen).toEqual([]);
  });
});

describe("by roles and names alone", () => {
  test("a screen reader finds the parts of the page, the photos with their places, and what is open", async () => {
    const { page, archive } = await visitPhotos();
    await archive.settle();
    const snapshot = await page.locator("body").ariaSnapshot();
    for (const line of [
      /- banner/,
      /- search:/,
      /- combobox "Search photos"/,
      /- main "Photos":/,
      /- grid "Photos":/,
      /- heading "September 2024" \[level=2\]/,
      /- gridcell "The last balloon goes down behind the hills, 21 September 2024, 1 of 65"/,
      /- slider "Date"/,
    ])
      expect(snapshot).toMatch(line);
    await archive.cells.first().press("Enter");
    await archive.viewer.waitFor();
    await archive.viewer
      .getByRole("heading", { name: "The last balloon goes down behind the hills" })
      .waitFor();
    await archive.viewer.getByRole("img", { name: "The last balloon goes down behind the hills" }).waitFor();
    await page.getByRole("status").filter({ hasText: /.+/ }).first().waitFor();
  });

  test("a screen reader hears each move in the viewer", async () => {
    const { page, archive } = await visitPhotos();
    await archive.settle();
    await archive.cells.first().press("Enter");
    await archive.viewer.waitFor();
    await page.keyboard.press("ArrowRight");
    await expectShown(archive.viewer.getByRole("status").filter({ hasText: /, 2 of 65$/ }));
  });
});
