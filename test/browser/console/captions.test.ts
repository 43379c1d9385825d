import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { Writer, type Trouble, type Written } from "../support/captions/writer.ts";
import { fillLibrary } from "../support/large/fill.ts";
import { startSite, type OwnSite } from "../support/site.ts";

// As many as `npm run soak:browser` asks for; a tenth of it in the tests, where no time is told.
const captions = Number(process.env["TEST_CAPTIONS"] ?? 100);
const troubles = Number(process.env["TEST_TROUBLES"] ?? 10);
const seed = Number(process.env["TEST_SEED"] ?? 20261122);

const withinMs = 3_600_000;

let site: OwnSite;

beforeAll(async () => {
  site = await startSite();
  await fillLibrary(site, captions + 2 * troubles + 20, { isDescribed: false });
}, withinMs);

afterAll(() => site.close());

const listSchema = z.object({
  items: z.array(z.object({ id: z.string(), object_metadata: z.record(z.string(), z.unknown()) })),
  next_cursor: z.string().nullable(),
});

/** Every description that the service has, by the id of its photo. */
async function described(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: z.infer<typeof listSchema> = await site.client.json(
      listSchema,
      `/v1/media?limit=500&fields=object_metadata${query}`,
    );
    for (const { id, object_metadata: words } of page.items) found.set(id, words["description"]);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

/** Describes one photo after the other, with these troubles. */
async function write(path: string, each: readonly Trouble[]): Promise<Written> {
  const writer = await Writer.at(site, path, seed);
  for (const trouble of each) await writer.describe(trouble);
  return writer.end();
}

/** The address of the newest photo without a description, of those without a description. */
async function firstLeft(): Promise<string> {
  const query = "without=description&sort=taken_at&order=desc&limit=1&fields=object_key";
  const list = z.object({ items: z.array(z.object({ id: z.string() })).length(1) });
  const { items } = await site.client.json(list, `/v1/media?${query}`);
  return `/?without=description&photo=${items[0]?.id}`;
}

async function expectKept(written: Written): Promise<void> {
  const there = await described();
  const lost = [...written.captions].filter(([id, caption]) => there.get(id) !== caption);
  expect(lost).toEqual([]);
}

test(
  "photos are described by the keyboard alone, with two keys each beside the text, and every character is there",
  async () => {
    const written = await write(
      await firstLeft(),
      Array.from({ length: captions }, () => "none" as const),
    );
    expect(written.captions.size).toBe(captions);
    await expectKept(written);
    const characters = [...written.captions.values()].reduce((sum, text) => sum + Array.from(text).length, 0);
    expect(written.keys - characters).toBeLessThanOrEqual(2 * captions);
    expect(written.pointers).toBe(0);
    expect(written.turns.length).toBe(captions);
    const sorted = written.turns.toSorted((a, b) => a - b);
    const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
    console.log(
      `${captions} photos described: the next one painted after ${at(0.5)} ms in the median, ${at(0.95)} ms at 95 %`,
    );
  },
  withinMs,
);

test(
  "no character is lost where the tab dies in the middle of a caption",
  async () => {
    const written = await write(
      await firstLeft(),
      Array.from({ length: troubles }, () => "killed" as const),
    );
    await expectKept(written);
    console.log(`${troubles} tabs died at random moments, and no character was lost`);
  },
  withinMs,
);

test(
  "no character is lost where the network breaks in the middle of a caption, or of saving it",
  async () => {
    const written = await write(
      await firstLeft(),
      Array.from({ length: troubles }, () => "cut" as const),
    );
    await expectKept(written);
    console.log(`the network broke at ${troubles} random moments, and no character was lost`);
  },
  withinMs,
);
