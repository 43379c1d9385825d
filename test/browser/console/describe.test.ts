import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectFocused,
  expectOpen,
  expectPolled,
  expectWords,
  formOf,
  startDescribed,
  told,
  type Described,
} from "../support/described.ts";
import { byName } from "../support/dozen.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints } from "../support/visit.ts";

let on: Described;

beforeAll(async () => {
  on = await startDescribed();
});

afterAll(() => on.site.close());

describe("describing one photo after the other", () => {
  test("takes one keystroke a photo beside the text, and the service has every word", async () => {
    await on.empty(1, 2, 3, 4);
    const { page, complaints } = await on.describe(1);
    for (const place of [1, 2, 3]) {
      await expectOpen(page, on.idAt(place));
      await expectFocused(page, "description");
      await page.keyboard.type(`Photo number ${place}`);
      await page.keyboard.press("Control+Enter");
    }
    await expectOpen(page, on.idAt(4));
    await expectFocused(page, "description");
    for (const place of [1, 2, 3])
      await expectWords(on, place).toEqual({ description: `Photo number ${place}` });
    await told(page, "Saved").waitFor();
    expect(complaints).toEqual(noComplaints);
  });

  test("loses nothing of what is typed without a pause", async () => {
    await on.empty(1, 2, 3, 4, 5, 6);
    const { page } = await on.describe(1);
    for (const place of [1, 2, 3, 4, 5]) {
      await page.keyboard.type(`Fast ${place}`);
      await page.keyboard.press("Control+Enter");
      await expectOpen(page, on.idAt(place + 1));
      await expectFocused(page, "description");
    }
    for (const place of [1, 2, 3, 4, 5])
      await expectWords(on, place).toEqual({ description: `Fast ${place}` });
  });

  test("can be taken back by Ctrl+Z, while nothing is typed for the next photo", async () => {
    await on.empty(1, 2);
    const { page } = await on.describe(1);
    await page.keyboard.type("Not so");
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, on.idAt(2));
    await told(page, "Saved").waitFor();
    await expectFocused(page, "description");
    await page.keyboard.press("Control+z");
    await told(page, "Undone").waitFor();
    expect(await on.words(1)).toEqual({});
  });

  test("ends at the last photo, which is saved and says that it is the last", async () => {
    await on.empty(12);
    const { page, archive } = await on.describe(12);
    await page.keyboard.type("The last one");
    await page.keyboard.press("Control+Enter");
    await archive.viewer.getByText("This is the last photo.").waitFor();
    await expectWords(on, 12).toEqual({ description: "The last one" });
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/Keywords/);
  });

  test("takes what is typed before the next photo is known as the next photo's description", async () => {
    await on.empty(1, 2);
    const { page } = await on.describe(1, {
      prepare: (window) =>
        window.route(/\/neighbours\?|\/v1\/media\?/, async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 2_500));
          await route.continue();
        }),
    });
    await page.keyboard.type("First");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.type("Secone");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("d");
    await expectOpen(page, on.idAt(2));
    await expectFocused(page, "description");
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 2).toEqual({ description: "Second" });
    await expectWords(on, 1).toEqual({ description: "First" });
  });
});

describe("keywords", () => {
  test("follow the description by Tab, are taken by Enter or a comma, and taken back by Backspace", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1);
    await page.keyboard.press("Tab");
    await expectFocused(page, "keywords");
    await page.keyboard.type("quay");
    await page.keyboard.press("Enter");
    await page.keyboard.type("crane,QUAY,dock,");
    const list = form.getByRole("list", { name: "Keywords of this photo" });
    await expectPolled(() => list.getByRole("link").allTextContents()).toEqual(["quay", "crane", "dock"]);
    await page.keyboard.press("Backspace");
    await told(page, "dock removed").waitFor();
    await expectPolled(() => list.getByRole("link").allTextContents()).toEqual(["quay", "crane"]);
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 1).toEqual({ keywords: ["quay", "crane"] });
  });

  test("are completed from those of the archive, the most used first, and announced", async () => {
    await on.empty(1, 2, 3);
    await on.write(2, { keywords: ["Shipyard", "Ship"] });
    await on.write(3, { keywords: ["Shipyard"] });
    const { page, form } = await on.describe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.type("shi");
    const options = page.getByRole("listbox", { name: "Keywords of the archive" }).getByRole("option");
    await expectPolled(() => options.allInnerTexts()).toEqual([
      expect.stringContaining("Shipyard"),
      expect.stringContaining("Ship"),
    ]);
    await told(page, "2 suggestions").waitFor();
    await page.keyboard.press("ArrowDown");
    const field = form.getByRole("combobox", { name: "Keywords" });
    const active = await field.getAttribute("aria-activedescendant");
    await expect.poll(() => options.first().getAttribute("id")).toBe(active);
    await expect.poll(() => options.first().getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 1).toEqual({ keywords: ["Shipyard"] });
  });

  test("count as soon as they are typed, without Enter", async () => {
    await on.empty(1);
    const { page } = await on.describe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.type("breakwater");
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 1).toEqual({ keywords: ["breakwater"] });
  });

  test("are saved where there is no connection, also the one that is still in the field", async () => {
    await on.empty(1, 2);
    const { page, context } = await on.describe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.type("mole");
    await context.setOffline(true);
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, on.idAt(2));
    await expectFocused(page, "description");
    await context.setOffline(false);
    await expectWords(on, 1).toEqual({ keywords: ["mole"] });
    // The field that has lost its form says nothing of the photo that is shown now.
    await expectPolled(() => formOf(page).getAttribute("data-untouched")).toBe("");
    expect(await on.words(2)).toEqual({});
  });

  test("are walked by the arrows, and removed where the focus is", async () => {
    await on.empty(1);
    await on.write(1, { keywords: ["one", "two", "three"] });
    const { page, form } = await on.describe(1);
    await tabTo(page, /^a: one/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("button: Remove two");
    await page.keyboard.press("Enter");
    const list = form.getByRole("list", { name: "Keywords of this photo" });
    await expectPolled(() => list.getByRole("link").allTextContents()).toEqual(["one", "three"]);
    expect(await focused(page)).toBe("button: Remove three");
  });

  test("Escape closes the suggestions and gives nothing up", async () => {
    await on.empty(1, 2);
    await on.write(2, { keywords: ["Shipyard"] });
    const { page, archive } = await on.describe(1);
    await page.keyboard.type("Kept");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ship");
    const list = page.getByRole("listbox", { name: "Keywords of the archive" });
    await list.waitFor();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    await expect.poll(() => archive.viewer.count()).toBe(1);
    await expect
      .poll(() => formOf(page).getByRole("textbox", { name: "Description" }).inputValue())
      .toBe("Kept");
  });
});

describe("what was typed", () => {
  test("is given up by Escape, comes back by Ctrl+Z, and a second Escape closes the photo", async () => {
    await on.empty(1);
    const { page, archive, form } = await on.describe(1);
    const description = form.getByRole("textbox", { name: "Description" });
    await page.keyboard.type("Typed in vain");
    await page.keyboard.press("Escape");
    await told(page, "What you typed was given up.").waitFor();
    await expect.poll(() => description.inputValue()).toBe("");
    await page.keyboard.press("Control+z");
    await expectPolled(() => description.inputValue()).toBe("Typed in vain");
    await page.keyboard.press("Escape");
    await form.getByRole("button", { name: "Undo" }).waitFor();
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    expect(await on.words(1)).toEqual({});
  });

  test("stays where somebody goes on to another photo, and nothing is saved", async () => {
    await on.empty(1, 2);
    const { page, archive, form } = await on.describe(1);
    await page.keyboard.type("Half a sentence");
    await archive.viewer.getByRole("button", { name: "Next photo" }).click();
    await expectOpen(page, on.idAt(2));
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("");
    await page.keyboard.press("ArrowLeft");
    await expectOpen(page, on.idAt(1));
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe(
      "Half a sentence",
    );
    expect(await on.words(1)).toEqual({});
  });

  test("is there after the tab has died, with the word when it was typed, and can be given up", async () => {
    await on.empty(1);
    const { page, context } = await on.describe(1);
    await page.keyboard.type("Before the crash");
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(new URL(`/?${byName}&photo=${on.idAt(1)}`, on.site.url).href);
    const form = formOf(again);
    await form.getByText(/^Restored: what you typed on/).waitFor();
    const description = form.getByRole("textbox", { name: "Description" });
    await expect.poll(() => description.inputValue()).toBe("Before the crash");
    await form.getByRole("button", { name: "Give up" }).press("Enter");
    await expectPolled(() => description.inputValue()).toBe("");
    await expectFocused(again, "description");
  });

  test("is kept on the device also after its storage was cleared", async () => {
    await on.empty(1);
    const { page, context } = await on.describe(1);
    await page.keyboard.type("Before ");
    const line = await context.newCDPSession(page);
    await line.send("Storage.clearDataForOrigin", { origin: on.site.url, storageTypes: "indexeddb" });
    await page.keyboard.type("and after");
    await page.reload();
    await formOf(page).waitFor();
    const description = formOf(page).getByRole("textbox", { name: "Description" });
    await expect.poll(() => description.inputValue()).toBe("Before and after");
  });

  test("is not lost by a second Escape, which closes the photo: the photo gives it back", async () => {
    await on.empty(1);
    const { page, archive } = await on.describe(1);
    await page.keyboard.type("Not so fast");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    await archive.cells.first().click();
    await formOf(page).waitFor();
    await page.keyboard.press("e");
    await expectFocused(page, "description");
    await page.keyboard.press("Control+z");
    const description = formOf(page).getByRole("textbox", { name: "Description" });
    await expect.poll(() => description.inputValue()).toBe("Not so fast");
  });

  test("is there after the session has ended and somebody has signed in again", async () => {
    await on.empty(1);
    const { page, context } = await on.describe(1);
    await page.keyboard.type("Over the end");
    await context.clearCookies();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    await page.getByLabel("API key", { exact: true }).fill(on.site.key);
    await page.keyboard.press("Enter");
    await expectWords(on, 1).toEqual({ description: "Over the end" });
  });

  test("waits where there is no connection, says so, and is saved when it is back", async () => {
    await on.empty(1);
    const { page, context, form } = await on.describe(1);
    await page.keyboard.type("From the train");
    await context.setOffline(true);
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByText(/saved as soon as the service can be reached/).waitFor();
    await context.setOffline(false);
    await expectWords(on, 1).toEqual({ description: "From the train" });
  });
});

describe("what cannot be saved", () => {
  test("says so beside its field, and nothing of it is lost", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1);
    const description = form.getByRole("textbox", { name: "Description" });
    await description.fill("a".repeat(1025));
    await form.getByText("1025 characters; at most 1,024 are kept.").waitFor();
    await page.keyboard.press("Control+Enter");
    await form.getByRole("alert").filter({ hasText: "Not saved: one field needs a change." }).waitFor();
    await expectFocused(page, "description");
    await expect.poll(() => description.getAttribute("aria-invalid")).toBe("true");
    expect((await description.inputValue()).length).toBe(1025);
    await expectOpen(page, on.idAt(1));
    expect(await on.words(1)).toEqual({});
  });

  test("opens the field that is not shown", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Date taken" }).fill("last summer");
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await page.keyboard.press("Control+Enter");
    await expectFocused(page, "taken_at");
    await form.getByText(/This is no date that can be read/).waitFor();
  });

  test("keeps the words of the service's refusal beside the field", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1, {
      prepare: (page) =>
        page.route("**/v1/media/*", (route) =>
          route.request().method() === "PATCH"
            ? route.fulfill({
                status: 422,
                contentType: "application/problem+json",
                json: {
                  type: "/docs/errors#validation_error",
                  title: "Unprocessable",
                  status: 422,
                  detail: "The body does not fit.",
                  code: "validation_error",
                  request_id: "r",
                  errors: [{ path: "object_metadata.description", message: "is not liked" }],
                },
              })
            : route.continue(),
        ),
    });
    await page.keyboard.type("Refused");
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByText("The service says: it is not liked.").waitFor();
    await expect.poll(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Refused");
  });
});

test("a refusal of a field that is not shown opens it", async () => {
  await on.empty(1);
  const { page, form } = await on.describe(1, {
    prepare: (page) =>
      page.route("**/v1/media/*", (route) =>
        route.request().method() === "PATCH"
          ? route.fulfill({
              status: 422,
              contentType: "application/problem+json",
              json: {
                status: 422,
                code: "validation_error",
                detail: "The body does not fit.",
                errors: [{ path: "object_metadata.credit", message: "is not liked" }],
              },
            })
          : route.continue(),
      ),
  });
  await page.keyboard.type("Refused");
  await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await expectShown(form.getByText("The service says: it is not liked."));
});

describe("two people at once", () => {
  test("see both texts, and one is chosen by the keyboard", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1);
    await page.keyboard.type("Mine");
    await on.write(1, { description: "Theirs" });
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByRole("alert").filter({ hasText: "Somebody else has changed this photo" }).waitFor();
    const both = form.getByRole("group", { name: "Description" });
    await expect.poll(() => both.getByRole("definition").allTextContents()).toEqual(["Theirs", "Mine"]);
    await expectPolled(() => focused(page)).toBe("button: Keep mine: Description");
    await page.keyboard.press("Enter");
    await expectWords(on, 1).toEqual({ description: "Mine" });
    await expectFocused(page, "description");
  });

  test("lose nothing where the other text is kept, and keywords of both stay", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1);
    await page.keyboard.type("Mine");
    await page.keyboard.press("Tab");
    await page.keyboard.type("mine,");
    await on.write(1, { description: "Theirs", keywords: ["theirs"] });
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByRole("button", { name: "Keep theirs: Description" }).press("Enter");
    await expectWords(on, 1).toEqual({ description: "Theirs", keywords: ["theirs", "mine"] });
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Theirs");
  });
});
