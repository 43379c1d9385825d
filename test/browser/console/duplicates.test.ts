import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { mediaSchema } from "../../e2e/support/service.ts";
import { findingsEverywhere } from "../support/everywhere.ts";
import { focused, showsFocus, tabTo } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type Site } from "../support/site.ts";
import { smallPhoto } from "../support/small-photo.ts";
import { withoutTrash } from "../support/without-trash.ts";
import { noComplaints } from "../support/visit.ts";

// A service of its own, whose copies the tests unite and delete.
let site: Site;

const copies = {
  "2020/harbour.jpg": { title: "Harbour", keywords: ["sea"], creator: "Ann" },
  "2021/copy of harbour.jpg": { keywords: ["boat"], creator: "Ben" },
};

beforeAll(async () => {
  site = await startSite();
  const photos: [key: string, bytes: Uint8Array<ArrayBuffer>][] = [
    ...(await Promise.all(
      Object.keys(copies).map(async (key): Promise<[string, Uint8Array<ArrayBuffer>]> => [
        key,
        await smallPhoto(1),
      ]),
    )),
    ["2022/tower.jpg", await smallPhoto(7, { width: 640 })],
    ["2022/tower small.jpg", await smallPhoto(7, { width: 320, quality: 70 })],
  ];
  for (const [key, bytes] of photos) {
    const { id } = await site.client.upload(key, bytes);
    await site.client.until(mediaSchema, `/v1/media/${id}`, ({ state }) => state === "ready");
  }
  for (const [key, words] of Object.entries(copies)) {
    await site.client.fetch(`/v1/media/${await idOf(key)}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ object_metadata: words }),
    });
  }
});

afterAll(() => site.close());

const listSchema = z.object({ items: z.array(mediaSchema) });

async function find(objectKey: string) {
  const query = new URLSearchParams({ object_key: objectKey });
  return (await site.client.json(listSchema, `/v1/media?${query}`)).items[0];
}

async function idOf(objectKey: string): Promise<string> {
  const media = await find(objectKey);
  if (media === undefined) throw new Error(`There is no ${objectKey}.`);
  return media.id;
}

const wordsOf = async (key: string) => (await find(key))?.object_metadata;

async function look() {
  const visit = await site.visitSignedIn("/?view=duplicates");
  const { page } = visit;
  const pair = page.getByRole("region", { name: /^2 copies/ });
  await pair.getByText("2020/harbour.jpg", { exact: true }).waitFor();
  return { ...visit, pair };
}

/** How long a busy machine may take. */
const patience = { timeout: 30_000 };

describe("copies of a file", () => {
  test("stand side by side with their words", async () => {
    const { page, pair, complaints, shifts } = await look();
    await expectShown(pair.getByText("2021/copy of harbour.jpg", { exact: true }));
    await expectShown(pair.getByText("Ben"));
    await expect.poll(() => page.getByRole("region", { name: /^2 copies/ }).count()).toBe(1);
    expect((await shifts()).filter(({ isPrompted }) => !isPrompted)).toEqual([]);
    expect(complaints).toEqual(noComplaints);
  });

  test("get each other's words after a look at what would change, and lose them by a key again", async () => {
    const { page, pair, complaints } = await look();
    await tabTo(page, /^button: Give all of them the same words/);
    expect(await showsFocus(page)).toBe(true);
    await page.keyboard.press("Enter");
    await expectShown(pair.getByText("2 photos would get words that other copies have."));
    await expectShown(pair.getByText("These fields differ. Each copy keeps its own:"));
    expect(await wordsOf("2021/copy of harbour.jpg")).toEqual(copies["2021/copy of harbour.jpg"]);
    await expect.poll(() => focused(page), patience).toBe("button: Give 2 photos these words");
    await page.keyboard.press("Enter");
    await expectShown(pair.getByText("2 photos got the words of the other copies."));
    expect(await wordsOf("2021/copy of harbour.jpg")).toMatchObject({
      title: "Harbour",
      creator: "Ben",
      keywords: ["boat", "sea"],
    });
    await expect.poll(() => pair.getByText("sea", { exact: false }).count(), patience).toBe(2);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: "Undone" }));
    expect(await wordsOf("2021/copy of harbour.jpg")).toEqual(copies["2021/copy of harbour.jpg"]);
    await expect.poll(() => pair.getByText("Harbour", { exact: true }).count(), patience).toBe(1);
    expect(complaints.exceptions).toEqual([]);
  });

  test("keep their words where the look was enough", async () => {
    const { page, pair } = await look();
    await pair.getByRole("button", { name: "Give all of them the same words" }).click();
    await pair.getByRole("button", { name: "Cancel" }).click();
    await expect.poll(() => focused(page), patience).toMatch(/^button: Give all of them the same words/);
    expect(await wordsOf("2021/copy of harbour.jpg")).toEqual(copies["2021/copy of harbour.jpg"]);
  });

  test("say why their words could not be compared", async () => {
    const { page, pair } = await look();
    await page.route("**/v1/duplicates/unite", (route) => route.abort("failed"));
    await pair.getByRole("button", { name: "Give all of them the same words" }).click();
    await expectShown(pair.getByRole("alert").filter({ hasText: "cannot be reached" }));
  });

  test("go into the trash one by one, and come back by a key", async () => {
    const { page, pair, complaints } = await look();
    await pair.getByRole("button", { name: "Move to the trash: 2021/copy of harbour.jpg" }).press("Enter");
    const single = page.getByRole("region", { name: "Only this one is left" });
    await expectShown(page.getByRole("status").filter({ hasText: "Moved to the trash" }));
    await expectShown(single.getByText("2020/harbour.jpg", { exact: true }));
    await expect.poll(() => focused(page), patience).toBe("h3: Only this one is left");
    expect(await find("2021/copy of harbour.jpg")).toBe(undefined);
    await page.keyboard.press("Control+z");
    await expectShown(pair.getByRole("link", { name: "Open 2021/copy of harbour.jpg" }));
    expect(await wordsOf("2021/copy of harbour.jpg")).toEqual(copies["2021/copy of harbour.jpg"]);
    expect(complaints.exceptions).toEqual([]);
  });

  test("are asked about where there is no trash, and stay where somebody says no", async () => {
    const { page, pair } = await look();
    await withoutTrash(page);
    const button = pair.getByRole("button", { name: "Move to the trash: 2021/copy of harbour.jpg" });
    await button.press("Enter");
    const question = page.getByRole("dialog", { name: "Delete 1 photo for good?" });
    await expectShown(question.getByText(/This archive has no trash\./));
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    await expect
      .poll(() => focused(page), patience)
      .toBe("button: Move to the trash: 2021/copy of harbour.jpg");
    expect(await find("2021/copy of harbour.jpg")).not.toBe(undefined);
  });

  test("are opened, and closed to where they were", async () => {
    const { page, pair } = await look();
    await pair.getByRole("link", { name: "Open 2020/harbour.jpg" }).press("Enter");
    await expectShown(page.getByRole("dialog").getByRole("heading", { name: "Harbour" }).first());
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page), patience).toBe("a: Open 2020/harbour.jpg");
    expect(new URL(page.url()).search).toBe("?view=duplicates");
  });
});

describe("copies of a picture", () => {
  test("are found though it was made smaller", async () => {
    const { page } = await look();
    await page.getByRole("radio", { name: "The same picture" }).check();
    await expectShown(page.getByRole("link", { name: "Open 2022/tower small.jpg" }));
    await expectShown(page.getByText(/320 × 240/).first());
  });
});

describe("the screen", () => {
  test("keeps nobody out, also with what would change", async () => {
    const { page, pair } = await look();
    await pair.getByRole("button", { name: "Give all of them the same words" }).click();
    await expectShown(pair.getByText("These fields differ."));
    expect(await findingsEverywhere(page)).toEqual([]);
  });

  test("tells a screen reader its parts, and which photo a button is about", async () => {
    const { page } = await look();
    const snapshot = await page.getByRole("main").ariaSnapshot();
    for (const line of [
      /- heading "Duplicates" \[level=2\]/,
      /- group "What counts as a copy":/,
      /- radio "The same file" \[checked\]/,
      /region "2 copies, [\d.]+ kB each"/,
      /article "Harbour"/,
      /button "Move to the trash: 2020\/harbour.jpg"/,
    ])
      expect(snapshot).toMatch(line);
  });
});
