import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type OverlayOptions } from "sharp";
import type { Media } from "./client.ts";
import type { Look, Thumbnail } from "./look.ts";

const style = `body{font:12px/1.4 sans-serif;background:#ddd;margin:12px}main{display:grid;gap:10px;
grid-template-columns:repeat(auto-fill,minmax(230px,1fr))}figure{margin:0;padding:6px;background:#eee}
div{display:flex;gap:6px;align-items:start}img{max-width:150px;max-height:150px}img+img{max-width:64px}
figcaption{overflow-wrap:anywhere}b{display:block}.bad{color:#c00}.none{color:#555}`;

/** A page with a tile for each file, its thumbnails as files beside it, so that a large folder takes no memory. */
export class ContactSheet {
  readonly #folder: string;
  readonly #tiles: string[] = [];
  readonly #pictures: PictureTile[] = [];

  /** Thumbnails of an earlier run are removed. */
  constructor(folder: string) {
    this.#folder = folder;
    rmSync(join(folder, "thumbnails"), { recursive: true, force: true });
    mkdirSync(join(folder, "thumbnails"), { recursive: true });
  }

  /** Adds a file that was looked at, with what is wrong with it. */
  add(name: string, look: Look, problems: readonly string[]): void {
    const { contain } = look;
    if (contain.outcome === "made" && this.#pictures.length < maxPictureTiles) {
      this.#pictures.push({ name, jpeg: contain.jpeg });
    }
    const images = [this.#image(contain, "contain"), this.#image(look.cover, "cover")].join("");
    this.#tile(name, `<div>${images}</div>`, [...factLines(look), ...reasonLines(look)], problems);
  }

  /** Writes the page, and beside it one picture of the thumbnails; tells where the page is. */
  async write(): Promise<string> {
    const file = join(this.#folder, "index.html");
    const tiles = this.#tiles.join("\n");
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>${style}</style><main>${tiles}</main>`,
    );
    await writePicture(join(this.#folder, "sheet.jpg"), this.#pictures);
    return file;
  }

  #tile(name: string, images: string, lines: readonly string[], problems: readonly string[]): void {
    const notes = problems.map((problem) => `<b class="bad">${escaped(problem)}</b>`).join("");
    this.#tiles.push(
      `<figure>${images}<figcaption><b>${escaped(name)}</b>${lines.join("<br>")}${notes}</figcaption></figure>`,
    );
  }

  #image(result: Thumbnail, fit: string): string {
    if (result.outcome !== "made") return "";
    const file = `thumbnails/${String(this.#tiles.length).padStart(5, "0")}-${fit}.jpg`;
    writeFileSync(join(this.#folder, file), result.jpeg);
    return `<img src="${file}" alt="${fit}">`;
  }
}

function factLines({ media, contain }: Look): string[] {
  if (media.kind === "refused") return [];
  const { content_type: type, intrinsic, object_metadata: words } = media.value;
  const { taken_at: takenAt, taken_at_offset: offset, camera, location } = intrinsic;
  const names =
    camera === null ? [] : [camera.make, camera.model, camera.lens].filter((name) => name !== null);
  const { description } = words;
  const lines = [
    type,
    sizeLine(intrinsic),
    takenAt === null ? null : `${takenAt}${offset ?? ""}`,
    names.join(" · "),
    location === null ? null : `${location.latitude}, ${location.longitude}`,
    description === null ? null : `“${description.slice(0, 160)}”`,
    words.keywords.join(", "),
    contain.outcome === "made" ? thumbnailLine(contain) : null,
  ];
  return lines.flatMap((line) => (line === null || line === "" ? [] : [escaped(line)]));
}

function thumbnailLine({ jpeg, picture }: Extract<Thumbnail, { outcome: "made" }>): string {
  return `${picture.width} × ${picture.height}, ${(jpeg.length / 1024).toFixed(1)} KiB`;
}

function sizeLine({ width, height, orientation }: Media["intrinsic"]): string | null {
  if (width === null || height === null) return null;
  return `${width} × ${height}${orientation === null ? "" : `, orientation ${orientation}`}`;
}

function reasonLines({ contain }: Look): string[] {
  if (contain.outcome === "made") return [];
  const { code, detail } = contain.reason;
  return [`<span class="none">${contain.outcome}: ${code}. ${escaped(detail)}</span>`];
}

/** Text as HTML. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

/** A thumbnail on the picture, with its name below. */
interface PictureTile {
  readonly name: string;
  readonly jpeg: Uint8Array;
}

/** What one picture can show and a person can look at; the page shows all. */
const maxPictureTiles = 400;

const columns = 12;
const side = 160;
const labelHeight = 16;
const labelCharacters = 26;

/** Writes the thumbnails as one JPEG, so that a whole folder is seen at a glance, and without a browser. */
async function writePicture(file: string, tiles: readonly PictureTile[]): Promise<void> {
  const shown = tiles.slice(0, maxPictureTiles);
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const overlays = await Promise.all(shown.map(overlaysOf));
  await sharp({
    create: { width: columns * side, height: rows * (side + labelHeight), channels: 3, background: "#ddd" },
  })
    .composite(overlays.flat())
    .jpeg({ quality: 85 })
    .toFile(file);
}

async function overlaysOf({ name, jpeg }: PictureTile, index: number): Promise<OverlayOptions[]> {
  const left = (index % columns) * side;
  const top = Math.floor(index / columns) * (side + labelHeight);
  const input = await sharp(jpeg)
    .resize(side - 8, side - 8, { fit: "inside", withoutEnlargement: true })
    .toBuffer();
  return [
    { input, left: left + 4, top: top + 4 },
    { input: Buffer.from(label(name)), left, top: top + side },
  ];
}

/** The end of a name, which tells files of one folder apart. */
function label(name: string): string {
  const text = Array.from(name).slice(-labelCharacters).join("");
  const safe = text
    .replaceAll(/\p{Cc}/gu, "")
    .replaceAll(/[&<>]/gu, (character) => `&#${character.charCodeAt(0)};`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${labelHeight}">
    <text x="4" y="11" font-family="sans-serif" font-size="10">${safe}</text></svg>`;
}
