import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConsolePage } from "../support/console-page.ts";
import { expectPolled, formOf } from "../support/described.ts";
import { bringInDozen, byName, wordsOf } from "../support/dozen.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { smallPhoto } from "../support/small-photo.ts";

// A machine that several people use: Ann and Ben may write, Cleo may read.
const ann = "ann-key-of-the-machine-that-several-people-use";
const ben = "ben-key-of-the-machine-that-several-people-use";
const cleo = "cleo-key-of-the-machine-that-several-people-use";
const admin = "admin-key-of-the-machine-that-several-people-use";

let site: OwnSite;
let ids: string[];

beforeAll(async () => {
  site = await startSite(
    [
      `API_KEYS=local:admin:${admin},ann:write:${ann},ben:write:${ben},cleo:read:${cleo}`,
      `SIGNING_SECRET=${"0123456789abcdef".repeat(3)}`,
      "",
    ].join("\n"),
  );
  ids = await bringInDozen(site, 4);
});

afterAll(() => site.close());

const overBody = JSON.stringify({ code: "invalid_api_key", status: 401, title: "", detail: "" });

const photoAt = (place: number) => `/?${byName}&photo=${ids[place - 1] ?? ""}`;

async function signOut(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
}

async function signIn(page: Page, key: string): Promise<void> {
  await page.getByRole("textbox", { name: "API key" }).fill(key);
  await page.keyboard.press("Enter");
}

/** Marks the page that is open now, and tells whether it is still the same. */
async function marked(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute("data-marked", ""));
  return async () => (await page.locator("html[data-marked]").count()) > 0;
}

/** Ann writes a description and saves it. */
async function describeAsAnn(page: Page, place: number, text: string): Promise<void> {
  await formOf(page).getByRole("textbox", { name: "Description" }).fill(text);
  await formOf(page).getByRole("button", { name: "Save", exact: true }).press("Enter");
  await expectPolled(() => wordsOf(site, ids[place - 1] ?? "")).toEqual({ description: text });
}

describe("what somebody left", () => {
  test("is not done by whoever signs in after them in the same tab", async () => {
    const { page, requests } = await site.visit(photoAt(1), { key: ann });
    await describeAsAnn(page, 1, "Ann's words");
    await expectShown(page.getByRole("status").filter({ hasText: /^Saved/ }));
    await signOut(page);
    const isSame = await marked(page);
    await signIn(page, ben);
    await expectPolled(isSame).toBe(false);
    await new ConsolePage(page).settle();
    await page.keyboard.press("Control+z");
    await page.goto(new URL(photoAt(1), site.url).href);
    await formOf(page).waitFor();
    expect(requests.made.filter((url) => url.endsWith("/revert"))).toEqual([]);
    expect(await wordsOf(site, ids[0] ?? "")).toEqual({ description: "Ann's words" });
  });

  test("is there as it was when the same person signs in again, on the same page", async () => {
    const { page } = await site.visit(photoAt(2), { key: ann });
    await describeAsAnn(page, 2, "Ann's words");
    await signOut(page);
    const isSame = await marked(page);
    await signIn(page, ann);
    await new ConsolePage(page).settle();
    await page.keyboard.press("Control+z");
    await expectPolled(() => wordsOf(site, ids[1] ?? "")).toEqual({});
    expect(await isSame()).toBe(true);
  });

  test("is not done by whoever signs in in another tab, and waits for its owner", async () => {
    const { page, context } = await site.visit(photoAt(3), { key: ann });
    await formOf(page).getByRole("textbox", { name: "Description" }).fill("Ann's draft");
    const other = await context.newPage();
    await other.goto(site.url);
    await signOut(other);
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    const isSame = await marked(page);
    await signIn(other, cleo);
    await expectPolled(isSame).toBe(false);
    await new ConsolePage(page).viewer.waitFor();
    expect(await page.getByText("Ann's draft").count()).toBe(0);
    await other.getByRole("button", { name: "Account" }).waitFor();
    await signOut(other);
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    await other.close();
    await signIn(page, ann);
    const description = formOf(page).getByRole("textbox", { name: "Description" });
    await expectPolled(() => description.inputValue()).toBe("Ann's draft");
    expect(await wordsOf(site, ids[2] ?? "")).toEqual({});
  });
});

describe("files on their way when the session ends", () => {
  /** Ann sends a file, and her session ends while it is on its way. `asked` has the questions of the browser. */
  async function halted(name: string) {
    const { page, context } = await site.visit("/?view=upload", { key: ann });
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    let isOver = false;
    await page.route("**/v1/media?object_key=**", async (route) => {
      if (!isOver && route.request().method() === "POST") {
        isOver = true;
        await route.fulfill({ status: 401, contentType: "application/problem+json", body: overBody });
        await context.clearCookies();
      } else await route.continue();
    });
    await page
      .getByLabel("Choose photos …")
      .and(page.locator("input"))
      .setInputFiles([{ name, mimeType: "image/jpeg", buffer: Buffer.from(await smallPhoto(name.length)) }]);
    await page.getByRole("button", { name: /^Send / }).click();
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    return { page, asked };
  }

  test("are not sent by whoever comes, who is asked nothing", async () => {
    const { page, asked } = await halted("of-ann.jpg");
    const isSame = await marked(page);
    await signIn(page, ben);
    await expectPolled(isSame).toBe(false);
    await expectShown(page.getByRole("heading", { level: 2, name: "Bring photos in" }));
    expect(await page.getByText("of-ann.jpg").count()).toBe(0);
    expect(asked).toEqual([]);
  });

  test("go on when the same person signs in again", async () => {
    const { page } = await halted("later-of-ann.jpg");
    await signIn(page, ann);
    await expectShown(page.getByRole("status").filter({ hasText: "Done: 1 photo came in." }));
  });

  test("keep somebody from leaving the page without being asked, also where they are stopped", async () => {
    const { page, asked } = await halted("last-of-ann.jpg");
    await page.reload();
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    expect(asked).toEqual(["beforeunload"]);
  });
});
