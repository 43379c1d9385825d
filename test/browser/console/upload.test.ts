import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { mediaSchema } from "../../e2e/support/service.ts";
import { ConsolePage } from "../support/console-page.ts";
import { findingsEverywhere } from "../support/everywhere.ts";
import { focused, showsFocus, tabTo } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type Site } from "../support/site.ts";
import { smallPhoto } from "../support/small-photo.ts";
import { noComplaints } from "../support/visit.ts";

// A service of its own, which photos come into.
let site: Site;
let folder: string;

const listSchema = z.object({ items: z.array(mediaSchema) });

beforeAll(async () => {
  site = await startSite();
  folder = await mkdtemp(join(tmpdir(), "tagline-upload-"));
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

async function look(path = "/?view=upload") {
  // Who listens from the beginning hears of the first chooser, too: the browser is asked for that once.
  const visit = await site.visitSignedIn(path, {
    prepare: async (window) => window.on("filechooser", () => {}),
  });
  const { page } = visit;
  await page.getByRole("main").waitFor();
  return { ...visit, send: page.getByRole("button", { name: /^Send / }) };
}

/** Says into which folder of the archive the files go. */
async function into(page: Page, path: string): Promise<void> {
  await page.getByRole("textbox", { name: "Folder in the archive" }).fill(path);
}

async function choose(page: Page, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const given = Object.entries(files).map(([name, bytes]) => ({
    name,
    mimeType: "image/jpeg",
    buffer: Buffer.from(bytes),
  }));
  await page.getByLabel("Choose photos …").and(page.locator("input")).setInputFiles(given);
}

/** Drops a file onto the page, as a file manager does. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const files = await page.evaluateHandle(
    ({ name, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/jpeg" }));
      return transfer;
    },
    { name, bytes: [...bytes] },
  );
  for (const event of ["dragenter", "dragover", "drop"])
    await page.dispatchEvent("main", event, { dataTransfer: files });
}

async function keysBelow(prefix: string): Promise<string[]> {
  const query = new URLSearchParams({ prefix, sort: "object_key" });
  const { items } = await site.client.json(listSchema, `/v1/media?${query}`);
  return items.map((media) => media.object_key);
}

const group = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}: `) });

/** How long a busy machine may take. */
const patience = { timeout: 30_000 };

describe("photos that are chosen", () => {
  test("come into the folder that is said, by the keyboard alone, and can be shown", async () => {
    const { page, send, complaints } = await look();
    await tabTo(page, /^button: Choose photos …/);
    expect(await showsFocus(page)).toBe(true);
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Enter");
    await (
      await chooser
    ).setFiles([
      { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: Buffer.from(await smallPhoto(1)) },
      { name: "IMG_2.jpg", mimeType: "image/jpeg", buffer: Buffer.from(await smallPhoto(2)) },
    ]);
    await expectShown(group(page, "Ready to be sent"));
    await into(page, "/2026/beach");
    await expect.poll(() => send.textContent()).toContain("Send 2 photos to 2026/beach/");
    await page.keyboard.press("Enter");
    await expectShown(page.getByRole("status").filter({ hasText: "Done: 2 photos came in." }));
    expect(await focused(page)).toMatch(/^button: Choose photos …/);
    expect(await keysBelow("2026/beach/")).toEqual(["2026/beach/IMG_1.jpg", "2026/beach/IMG_2.jpg"]);
    await page.getByRole("link", { name: "Show the photos that came in" }).click();
    await new ConsolePage(page).settle();
    expect(new URL(page.url()).search).toBe("?prefix=2026%2Fbeach%2F");
    await expect.poll(() => new ConsolePage(page).cells.count()).toBe(2);
    expect(complaints).toEqual(noComplaints);
  });

  test("are not sent again where they are there already", async () => {
    const { page, send, requests } = await look();
    await choose(page, { "IMG_1.jpg": await smallPhoto(1), "IMG_3.jpg": await smallPhoto(3) });
    await into(page, "2026/beach");
    await send.click();
    await expectShown(page.getByRole("status").filter({ hasText: "1 photo came in, 1 here already" }));
    await expectShown(group(page, "Here already").getByRole("link", { name: "Open 2026/beach/IMG_1.jpg" }));
    const sent = requests.made.filter((url) => /\/v1\/media\?object_key=[^&]*IMG_1\.jpg$/.test(url));
    expect(sent).toEqual([]);
  });

  test("never take the place of another photo, and come in under another name", async () => {
    const { page, send } = await look();
    await choose(page, { "IMG_1.jpg": await smallPhoto(11) });
    await into(page, "2026/beach");
    await send.click();
    const asking = group(page, "Need an answer");
    await expectShown(asking.getByText("Another photo has this name."));
    await asking.getByRole("button", { name: "Send as IMG_1 (2).jpg" }).press("Enter");
    await expectShown(group(page, "Came in").getByRole("link", { name: "Open 2026/beach/IMG_1 (2).jpg" }));
    expect(await keysBelow("2026/beach/IMG_1")).toEqual(["2026/beach/IMG_1 (2).jpg", "2026/beach/IMG_1.jpg"]);
  });

  test("that cannot come in say why, and the others come in all the same", async () => {
    const { page, send } = await look();
    const text = new TextEncoder().encode("no photo at all");
    await choose(page, {
      "IMG_1.jpg.xmp": text,
      "notes.txt": text,
      "empty.jpg": new Uint8Array(),
      "fake.jpg": text,
      "good.jpg": await smallPhoto(21),
    });
    await into(page, "2026/mixed");
    await send.click();
    await expectShown(page.getByRole("status").filter({ hasText: "1 photo came in, 4 not taken" }));
    const unfit = group(page, "Not taken");
    await expectShown(unfit.getByText("This is a file of words beside a photo"));
    await expectShown(unfit.getByText("This file is empty."));
    await expect.poll(() => unfit.getByText("This is no photo that Tagline can show").count()).toBe(2);
    expect(await keysBelow("2026/mixed/")).toEqual(["2026/mixed/good.jpg"]);
  });

  test("keep the folders of a folder that was chosen", async () => {
    await mkdir(join(folder, "Holiday", "sea"), { recursive: true });
    await writeFile(join(folder, "Holiday", "a.jpg"), await smallPhoto(31));
    await writeFile(join(folder, "Holiday", "sea", "b.jpg"), await smallPhoto(32));
    await writeFile(join(folder, "Holiday", ".DS_Store"), "x");
    const { page, send } = await look();
    await page
      .getByLabel("Choose a folder …")
      .and(page.locator("input"))
      .setInputFiles(join(folder, "Holiday"));
    await into(page, "2025");
    await send.click();
    await expectShown(page.getByRole("status").filter({ hasText: "2 photos came in." }));
    expect(await keysBelow("2025/")).toEqual(["2025/Holiday/a.jpg", "2025/Holiday/sea/b.jpg"]);
  });
});

describe("files that are dropped", () => {
  test("onto the photos lead here, and the browser stays on the page", async () => {
    const { page, complaints } = await look("/");
    await drop(page, "dropped.jpg", await smallPhoto(41));
    await expectShown(page.getByRole("heading", { level: 2, name: "Bring photos in" }));
    await expectShown(group(page, "Ready to be sent").getByText("dropped.jpg").first());
    expect(new URL(page.url()).search).toBe("?view=upload");
    expect(complaints).toEqual(noComplaints);
  });
});

describe("files on their way", () => {
  /** A page whose uploads wait for the test. */
  async function held(folderOfTest: string) {
    const visit = await look();
    const { page, send } = visit;
    let isHeld = true;
    const release: (() => void)[] = [];
    await page.route("**/v1/media?object_key=**", async (route) => {
      if (route.request().method() === "POST" && isHeld)
        await new Promise<void>((resolve) => release.push(resolve));
      await route.continue();
    });
    await choose(page, { "slow.jpg": await smallPhoto(51) });
    await into(page, folderOfTest);
    await send.click();
    await expectShown(group(page, "On their way"));
    await expect.poll(() => release.length, patience).toBe(1);
    const letGo = (): void => {
      isHeld = false;
      for (const each of release.splice(0)) each();
    };
    return { ...visit, letGo };
  }

  test("are stopped and go on", async () => {
    const { page, letGo } = await held("2026/slow");
    await page.getByRole("button", { name: "Stop" }).click();
    await expectShown(page.getByRole("status").filter({ hasText: "Stopped. What has come in stays." }));
    await expectShown(group(page, "Waiting"));
    letGo();
    await page.getByRole("button", { name: "Go on" }).click();
    await expectShown(page.getByRole("status").filter({ hasText: /^Done: 1/ }));
    expect(await keysBelow("2026/slow/")).toEqual(["2026/slow/slow.jpg"]);
  });

  test("keep somebody from leaving the page without being asked", async () => {
    const { page, letGo } = await held("2026/slower");
    const asked = page.waitForEvent("dialog");
    const leaving = page.evaluate(() => location.reload()).catch(() => {});
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await leaving;
    await expectShown(group(page, "On their way"));
    letGo();
    await expectShown(page.getByRole("status").filter({ hasText: /^Done: / }));
  });

  test("go on while somebody is in another room", async () => {
    const { page, letGo } = await held("2026/slowest");
    await page.getByRole("link", { name: "Tagline" }).click();
    await new ConsolePage(page).settle();
    letGo();
    await page.goBack();
    await expectShown(page.getByRole("status").filter({ hasText: /^Done: 1/ }));
  });

  test("wait while the service cannot be reached, and go on when it can", async () => {
    const { page, send, context } = await look();
    await choose(page, { "later.jpg": await smallPhoto(61) });
    await into(page, "2026/later");
    await context.setOffline(true);
    await send.click();
    await expectShown(
      page.getByRole("status").filter({ hasText: "Stopped, as the service cannot be reached." }),
    );
    await context.setOffline(false);
    await expectShown(page.getByRole("status").filter({ hasText: "Done: 1 photo came in." }));
  });
});

describe("the screen", () => {
  test("keeps nobody out, empty and with files of every kind", async () => {
    const { page, send } = await look();
    expect(await findingsEverywhere(page)).toEqual([]);
    await choose(page, {
      "IMG_1.jpg": await smallPhoto(12),
      "IMG_2.jpg": await smallPhoto(2),
      "IMG_4.jpg": await smallPhoto(4),
      "notes.txt": new TextEncoder().encode("x"),
    });
    await into(page, "2026/beach");
    await send.click();
    await expectShown(page.getByRole("status").filter({ hasText: /^Done: / }));
    await choose(page, { "next.jpg": await smallPhoto(71) });
    await expectShown(group(page, "Ready to be sent"));
    expect(await findingsEverywhere(page)).toEqual([]);
  });

  test("tells a screen reader its parts, and which photo a button is about", async () => {
    const { page } = await look();
    await choose(page, { "next.jpg": await smallPhoto(71) });
    await expectShown(group(page, "Ready to be sent"));
    const snapshot = await page.getByRole("main").ariaSnapshot();
    for (const line of [
      /- heading "Bring photos in" \[level=2\]/,
      /region "Choose photos"/,
      /button "Choose a folder …"/,
      /- textbox "Folder in the archive":/,
      /region "Ready to be sent: 1"/,
      /button "Leave out: next.jpg"/,
    ])
      expect(snapshot).toMatch(line);
  });
});
