import { z } from "zod";
import { largePhoto, missingPhoto } from "../../../scripts/console/collection/photos.ts";
import { failedPhoto } from "../../../scripts/console/collection/bring-in.ts";
import { ConsolePage } from "./console-page.ts";
import type { Site } from "./site.ts";
import type { Visit, VisitOptions } from "./visit.ts";

/** A screen of the console over the collection, or a state of one. */
export interface Screen {
  readonly name: string;
  /** Opens it in a window of its own, and waits until all of it is there. */
  readonly open: (site: Site, options: VisitOptions) => Promise<Visit>;
}

type Way = (archive: ConsolePage) => Promise<unknown>;

/** A screen of somebody who is signed in: its address, and what is done there. */
function screen(name: string, path: string, then: Way): Screen {
  return {
    name,
    open: async (site, options) => {
      const visit = await site.visitSignedIn(path, options);
      await then(new ConsolePage(visit.page));
      return visit;
    },
  };
}

/** A screen with a photo open. */
function photoScreen(name: string, objectKey: string, then: Way): Screen {
  return {
    name,
    open: async (site, options) => {
      const visit = await site.visitSignedIn(`/?photo=${await idOf(site, objectKey)}`, options);
      await then(new ConsolePage(visit.page));
      return visit;
    },
  };
}

const listSchema = z.object({ items: z.array(z.object({ id: z.string() })).length(1) });

/** The id of the photo with this key, whether its object is there or not. */
async function idOf(site: Site, objectKey: string): Promise<string> {
  const query = new URLSearchParams({ object_key: objectKey, missing: "any" });
  const { items } = await site.client.json(listSchema, `/v1/media?${query}`);
  return items[0]?.id ?? "";
}

/** Every screen and state that the collection can show. */
export const screens: readonly Screen[] = [
  {
    name: "sign-in",
    open: async (site, options) => {
      const visit = await site.visit("/", options);
      await visit.page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
      return visit;
    },
  },
  {
    name: "sign-in refused",
    open: async (site, options) => {
      const visit = await site.visit("/", options);
      await visit.page.getByRole("button", { name: "Sign in" }).click();
      await visit.page.getByText("Enter a key.").waitFor();
      return visit;
    },
  },
  screen("photos", "/", (archive) => archive.settle()),
  screen("photos with states", "/?missing=any", async (archive) => {
    await archive.settle();
    await archive.scrubber.focus();
    await archive.page.keyboard.press("End");
    await archive.settle();
  }),
  screen("whole pictures", "/", async (archive) => {
    await archive.show("Whole pictures");
    await archive.settle();
  }),
  screen("options", "/", async (archive) => {
    await archive.settle();
    await archive.page.getByRole("button", { name: "How photos are shown" }).click();
    await archive.page.getByRole("radio", { name: "Large" }).waitFor();
  }),
  screen("by name", "/?sort=object_key", (archive) => archive.settle()),
  screen("search", "/?q=lighthouse", (archive) => archive.settle()),
  screen("suggestions", "/", async (archive) => {
    await archive.settle();
    await archive.search.fill("l");
    await archive.suggestions.waitFor();
    await archive.page.keyboard.press("ArrowDown");
  }),
  screen("filters", "/?keyword=sea&keyword=lighthouse&has=location&taken_after=2024", (archive) =>
    archive.settle(),
  ),
  screen("browse", "/?prefix=2024/coast/", async (archive) => {
    await archive.settle();
    await archive.browse.click();
    await archive.page.getByRole("tree").waitFor();
  }),
  screen("nothing found", "/?keyword=lighthouse&keyword=garden", (archive) =>
    archive.page.getByRole("heading", { name: "No photos found" }).waitFor(),
  ),
  screen("account", "/", async (archive) => {
    await archive.settle();
    await archive.page.getByRole("button", { name: "Account" }).click();
    await archive.page.getByRole("button", { name: "Sign out" }).waitFor();
  }),
  screen("keys", "/", async (archive) => {
    await archive.settle();
    await archive.page.keyboard.press("?");
    await archive.page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  }),
  photoScreen("photo", largePhoto, (archive) => whole(archive)),
  photoScreen("photo without details", largePhoto, async (archive) => {
    await whole(archive);
    await archive.page.keyboard.press("i");
  }),
  photoScreen("photo enlarged", largePhoto, async (archive) => {
    await whole(archive);
    await archive.page.keyboard.press("+");
    await archive.viewer.getByText(/enlarged to/).waitFor();
  }),
  photoScreen("missing photo", missingPhoto, (archive) =>
    archive.viewer.getByText(/has been missing/).waitFor(),
  ),
  photoScreen("failed photo", failedPhoto, (archive) =>
    archive.viewer.getByText(/could not be processed/).waitFor(),
  ),
  screen("unknown photo", "/?photo=01900000-0000-7000-8000-000000000000", (archive) =>
    archive.page.getByText("This photo is not here (any more).").first().waitFor(),
  ),
];

/** Waits until the picture and the facts of the photo that is open are there. */
async function whole({ page, viewer }: ConsolePage): Promise<void> {
  await viewer.getByText("Paintbox 1").first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll("dialog img")].some(
      (image) => image instanceof HTMLImageElement && image.naturalWidth >= 1_024,
    ),
  );
}
