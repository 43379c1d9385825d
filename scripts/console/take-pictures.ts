import { largePhoto } from "./collection/photos.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";

/** What of a service the pictures are taken of. */
interface Pictured {
  readonly url: string;
  /** A key of scope admin. */
  readonly key: string;
}

/** A picture of the documentation. */
interface Picture {
  /** The name of its file, without its extension. */
  readonly name: string;
  readonly path: string;
  /** In CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
  /** Whether it is the contact sheet; the grid without it. */
  readonly isSheet?: boolean;
  /** What is done on the page before the picture is taken. */
  readonly prepare: (page: Page) => Promise<void>;
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 780 };

/** The quality of the pictures' coding, of 100: letters stay sharp, and a picture is some 60 KB. */
const quality = 82;

/** All pictures of `docs/console.md`, in the order in which it shows them. */
export const pictures: readonly Picture[] = [
  { name: "photos", path: "/", viewport: desk, colorScheme: "light", prepare: async () => {} },
  {
    name: "photo",
    // Some photos have the same description; the large one is enlarged to more than its thumbnails.
    path: `/?${new URLSearchParams({ prefix: largePhoto })}`,
    viewport: desk,
    colorScheme: "light",
    prepare: async (page) => {
      await page
        .getByRole("gridcell", { name: /^The sun goes down behind the lighthouse/ })
        .first()
        .click();
      await page.getByRole("dialog").getByRole("heading", { name: "File" }).waitFor();
      await page.waitForFunction(isPhotoPainted);
    },
  },
  {
    name: "search",
    path: "/?q=lighthouse",
    viewport: desk,
    colorScheme: "light",
    prepare: async (page) => {
      await page.getByRole("combobox", { name: "Search photos" }).fill("lighthouse ke");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "browse",
    path: "/?prefix=2024/&keyword=holiday",
    viewport: desk,
    colorScheme: "dark",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Browse" }).click();
      await page.getByRole("tree").waitFor();
    },
  },
  {
    name: "sheet",
    path: "/?view=sheet&prefix=2024/",
    viewport: desk,
    colorScheme: "light",
    isSheet: true,
    prepare: async () => {},
  },
  {
    name: "selection",
    path: "/?keyword=holiday",
    viewport: desk,
    colorScheme: "light",
    prepare: async (page) => {
      await page.getByRole("gridcell").first().focus();
      await page.keyboard.press("x");
      for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowRight");
      await page.getByText("5 photos selected").first().waitFor();
    },
  },
  { name: "phone", path: "/", viewport: phone, colorScheme: "dark", prepare: async () => {} },
];

/** Takes all pictures of a service that has the collection, and writes them as WebP into a folder. */
export async function takePictures(browser: Browser, service: Pictured, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const picture of pictures) {
    const { viewport, colorScheme } = picture;
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
    const answer = await context.request.post(new URL("/v1/session", service.url).href, {
      headers: { "X-API-Key": service.key },
    });
    if (!answer.ok()) throw new Error(`The sign-in was answered ${answer.status()}.`);
    const page = await context.newPage();
    await page.goto(new URL(picture.path, service.url).href);
    const isPainted = picture.isSheet === true ? isSheetPainted : isGridPainted;
    await page.waitForFunction(isPainted);
    await picture.prepare(page);
    await page.waitForFunction(isPainted);
    const shot = await page.screenshot();
    await writeFile(join(folder, `${picture.name}.webp`), await sharp(shot).webp({ quality }).toBuffer());
    await context.close();
  }
}

/** Runs in the page: whether every picture of the grid is there. */
function isGridPainted(): boolean {
  const images = [...document.querySelectorAll<HTMLImageElement>('[role="grid"] img')];
  return images.length > 0 && images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
}

/** Runs in the page: whether every picture of the contact sheet that is seen is there, with a form beside it. */
function isSheetPainted(): boolean {
  const images = [...document.querySelectorAll<HTMLImageElement>("main img")].filter(
    (image) => image.getBoundingClientRect().top < innerHeight,
  );
  const isThere = images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
  return images.length > 0 && isThere && document.querySelector("main form") !== null;
}

/** Runs in the page: whether the photo that is open is there. */
function isPhotoPainted(): boolean {
  const images = [...document.querySelectorAll<HTMLImageElement>("dialog img")];
  return images.some(({ complete, naturalWidth }) => complete && naturalWidth >= 1_024);
}
