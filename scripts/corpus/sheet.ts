import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ThumbnailResult } from "../../src/thumbnail/types.ts";
import type { Look, Told } from "./look.ts";
import { maxPictureTiles, type PictureTile, writePicture } from "./picture.ts";

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

  /** Adds a file that could not be looked at. */
  addProblem(name: string, problem: string): void {
    this.#tile(name, "", [], [problem]);
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

  #image(result: ThumbnailResult, fit: string): string {
    if (result.outcome !== "made") return "";
    const file = `thumbnails/${String(this.#tiles.length).padStart(5, "0")}-${fit}.jpg`;
    writeFileSync(join(this.#folder, file), result.jpeg);
    return `<img src="${file}" alt="${fit}">`;
  }
}

function factLines({ told, contain, ms }: Look): string[] {
  const lines = [told.mime ?? "of no accepted type", sizeLine(told), told.takenAt];
  const camera = [told.make, told.model, told.lens].filter((name) => name !== null).join(" · ");
  lines.push(camera, told.gps === null ? null : `${told.gps.lat}, ${told.gps.lon}`);
  lines.push(
    told.description === null ? null : `“${told.description.slice(0, 160)}”`,
    told.keywords.join(", "),
  );
  if (contain.outcome === "made") {
    const kib = (contain.jpeg.length / 1024).toFixed(1);
    const mib = (contain.workingBytes / 1024 / 1024).toFixed(1);
    lines.push(`${contain.width} × ${contain.height}, ${kib} KiB, ${ms.toFixed(0)} ms, ${mib} MiB of memory`);
  }
  return lines.flatMap((line) => (line === null || line === "" ? [] : [escaped(line)]));
}

function sizeLine({ width, height, orientation, problem }: Told): string | null {
  if (width === null || height === null) return problem;
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
