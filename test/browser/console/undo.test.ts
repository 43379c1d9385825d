import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { chanceOf } from "../../../scripts/console/paint/canvas.ts";
import { ConsolePage } from "../support/console-page.ts";
import { expectFocused, startDescribed, type Described } from "../support/described.ts";
import { byName } from "../support/dozen.ts";
import { selectFirst } from "../support/selecting.ts";

const seed = Number(process.env["TEST_SEED"] ?? 20261122);

let on: Described;

beforeAll(async () => {
  on = await startDescribed(6);
  for (const place of [1, 2, 3])
    await on.write(place, {
      description: `Été ${place}`,
      keywords: ["Sea", "ball"],
      shelf_mark: { box: place },
    });
});

afterAll(() => on.site.close());

const lineSchema = z.looseObject({ id: z.string(), object_metadata: z.record(z.string(), z.unknown()) });

/** The words of every photo as the export writes them, to the byte. */
async function exported(): Promise<string[]> {
  const response = await fetch(new URL("/v1/export?format=ndjson", on.site.url), {
    headers: { "X-API-Key": on.site.key },
  });
  const lines = (await response.text()).trimEnd().split("\n").slice(0, -1);
  return lines.map((line) => {
    const { id, object_metadata: words } = lineSchema.parse(JSON.parse(line));
    expect(line).toContain(JSON.stringify(words));
    return `${id} ${JSON.stringify(words)}`;
  });
}

/** How many changes can be taken back. */
function waysBack(page: Page): Promise<number> {
  return page.evaluate(() => {
    const list: unknown = JSON.parse(sessionStorage.getItem("tagline.undo") ?? "[]");
    return Array.isArray(list) ? list.length : 0;
  });
}

async function expectWays(page: Page, count: number): Promise<void> {
  await expect.poll(() => waysBack(page), { timeout: 20_000 }).toBe(count);
}

/** Goes to a room of the console, which is loaded anew. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, on.site.url).href);
}

const actions: Readonly<Record<string, (page: Page, text: string) => Promise<void>>> = {
  caption: async (page, text) => {
    await goTo(page, `/?${byName}&photo=${on.idAt(2)}`);
    await page.getByRole("form", { name: "Describe this photo" }).waitFor();
    await page.keyboard.press("e");
    await expectFocused(page, "description");
    await page.keyboard.type(text);
    await page.keyboard.press("Control+Enter");
  },
  row: async (page, text) => {
    await goTo(page, `/?view=sheet&${byName}`);
    const description = page.getByRole("textbox", { name: "Description" }).first();
    await description.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.type(text);
    await page.keyboard.press("Control+Enter");
  },
  many: async (page, text) => {
    await goTo(page, `/?${byName}`);
    const archive = new ConsolePage(page);
    await archive.settle();
    await selectFirst(archive, 3);
    await page.getByRole("button", { name: "Describe", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /^Describe 3 photos/ });
    await dialog.getByRole("combobox", { name: "New keywords for all" }).fill(text);
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: /^Save for/ }).click();
    await dialog.waitFor({ state: "detached" });
  },
  trash: async (page) => {
    await goTo(page, `/?${byName}&photo=${on.idAt(5)}`);
    await page.getByRole("form", { name: "Describe this photo" }).waitFor();
    await page.keyboard.press("Delete");
  },
};

describe("one key takes back", () => {
  test("changes of every kind, from any room and after reloads, to the byte", async () => {
    const { page } = await on.site.visitSignedIn(`/?${byName}`);
    const before = await exported();
    const chance = chanceOf(seed);
    const kinds = ["caption", "row", "many"];
    const drawn = Array.from({ length: 6 }, () => kinds[Math.floor(chance() * kinds.length)] ?? "caption");
    let made = 0;
    for (const kind of [...kinds, ...drawn, "trash"]) {
      await actions[kind]?.(page, `change ${made} `);
      made += 1;
      await expectWays(page, made);
    }
    expect(await exported()).not.toEqual(before);
    const rooms = [`/?${byName}`, "/?view=changes", "/?view=trash", `/?view=sheet&${byName}`, "/?q=ball"];
    for (let left = made - 1; left >= 0; left -= 1) {
      await goTo(page, rooms[left % rooms.length] ?? "/");
      await page.getByRole("button", { name: "Menu" }).waitFor();
      // The key is heard as soon as its part of the page is there.
      await expect
        .poll(async () => {
          if ((await waysBack(page)) > left) await page.keyboard.press("Control+z");
          return waysBack(page);
        })
        .toBeLessThanOrEqual(left);
      expect(await waysBack(page)).toBe(left);
    }
    expect(await exported()).toEqual(before);
  });
});
