import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { chanceOf } from "../../../scripts/console/paint/canvas.ts";
import { bringInDozen, wordsOf } from "../support/dozen.ts";
import { startSite, type OwnSite } from "../support/site.ts";

// For so long as `npm run soak:browser` asks for; in the tests some changes each, of which no time is told.
const minutes = Number(process.env["TEST_MINUTES"] ?? 0);
const changesEach = Number(process.env["TEST_CHANGES_EACH"] ?? 15);
const seed = Number(process.env["TEST_SEED"] ?? 20261122);

const withinMs = 1_800_000;

let site: OwnSite;
let ids: string[];

beforeAll(async () => {
  site = await startSite();
  ids = await bringInDozen(site, 3);
});

afterAll(() => site.close());

/** What somebody has saved last in a field of a photo, and has not given up for the text of another. */
type Saved = Map<
  string,
  { readonly id: string; readonly field: "description" | "keywords"; readonly text: string }
>;

/** Somebody who changes photos at random, and decides at random where another has changed the same. */
class Editor {
  readonly saved: Saved = new Map();
  readonly #page: Page;
  readonly #name: string;
  readonly #chance: () => number;
  #number = 0;

  constructor(page: Page, { name, seed: drawnFrom }: { readonly name: string; readonly seed: number }) {
    this.#page = page;
    this.#name = name;
    this.#chance = chanceOf(drawnFrom);
  }

  async change(): Promise<void> {
    const page = this.#page;
    const id = ids[Math.floor(this.#chance() * ids.length)] ?? "";
    await this.#open(id);
    const field = this.#chance() < 0.5 ? "description" : "keywords";
    const text = `${this.#name} ${(this.#number += 1)}`;
    await page.keyboard.press("e");
    await page.waitForFunction(() => document.activeElement?.id.endsWith("-description") === true);
    if (field === "description") await page.keyboard.press("Control+A");
    else await page.keyboard.press("Tab");
    await page.keyboard.type(text);
    if (field === "keywords") await page.keyboard.press("Enter");
    this.saved.set(JSON.stringify(field === "keywords" ? [id, field, text] : [id, field]), {
      id,
      field,
      text,
    });
    await page.keyboard.press("Control+Enter");
  }

  /** Decides whatever is undecided, until the service has everything. */
  async finish(): Promise<void> {
    for (const id of ids) {
      await this.#open(id);
      while (!(await this.#isSettled())) await this.#page.waitForTimeout(200);
    }
  }

  async #isSettled(): Promise<boolean> {
    const id = new URL(this.#page.url()).searchParams.get("photo") ?? "";
    await this.#decide(id);
    return this.#page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open("tagline");
        opening.addEventListener("success", () => resolve(opening.result));
      });
      const request = database.transaction("drafts").objectStore("drafts").getAll();
      const drafts = await new Promise<readonly unknown[]>((resolve) =>
        request.addEventListener("success", () => resolve(request.result)),
      );
      database.close();
      const here = new URLSearchParams(location.search).get("photo");
      return !JSON.stringify(drafts).includes(`"id":"${here}"`);
    });
  }

  async #open(id: string): Promise<void> {
    await this.#page.goto(new URL(`/?sort=object_key&photo=${id}`, site.url).href);
    await this.#page.getByRole("form", { name: "Describe this photo" }).waitFor();
    await this.#decide(id);
  }

  /** Takes one of both texts where another has changed the same. */
  async #decide(id: string): Promise<void> {
    const page = this.#page;
    const save = page.getByRole("button", { name: "Save", exact: true });
    const mine = page.getByRole("button", { name: "Keep mine: Description" });
    const theirs = page.getByRole("button", { name: "Keep theirs: Description" });
    // What was saved in a tab that was left is on its way; what was not is typed still, and is saved now.
    if ((await mine.count()) === 0 && (await save.isEnabled())) await save.click();
    if ((await mine.count()) === 0) return;
    const keepsTheirs = this.#chance() < 0.5;
    if (keepsTheirs) this.saved.delete(JSON.stringify([id, "description"]));
    await (keepsTheirs ? theirs : mine).click();
    await mine.waitFor({ state: "detached" });
  }
}

const historySchema = z.object({
  items: z.array(z.object({ object_metadata: z.record(z.string(), z.unknown()) })),
  next_cursor: z.string().nullable(),
});

/** Every description that a photo has ever had. */
async function descriptionsOf(id: string): Promise<unknown[]> {
  const found: unknown[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: z.infer<typeof historySchema> = await site.client.json(
      historySchema,
      `/v1/media/${id}/history?limit=200${query}`,
    );
    found.push(...page.items.map(({ object_metadata: words }) => words["description"]));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

test(
  "two people who change the same photos at random lose nothing that either has saved",
  async () => {
    const editors = await Promise.all(
      ["Ann", "Ben"].map(async (name, index) => {
        const { page } = await site.visitSignedIn("/");
        return new Editor(page, { name, seed: seed + index });
      }),
    );
    const until = Date.now() + minutes * 60_000;
    let changes = 0;
    await Promise.all(
      editors.map(async (editor) => {
        for (let each = 0; each < changesEach || Date.now() < until; each += 1) {
          await editor.change();
          changes += 1;
        }
      }),
    );
    for (const editor of editors) await editor.finish();
    const lost: unknown[] = [];
    for (const id of ids) {
      const [descriptions, words] = await Promise.all([descriptionsOf(id), wordsOf(site, id)]);
      const keywords = JSON.stringify(words["keywords"] ?? []);
      for (const saved of editors.flatMap((editor) => Array.from(editor.saved.values()))) {
        if (saved.id !== id) continue;
        const isThere =
          saved.field === "description"
            ? descriptions.includes(saved.text)
            : keywords.includes(JSON.stringify(saved.text));
        if (!isThere) lost.push(saved);
      }
    }
    expect(lost).toEqual([]);
    console.log(`${changes} changes by two people to ${ids.length} photos, and nothing was lost`);
  },
  withinMs,
);
