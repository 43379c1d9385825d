import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { Verdict } from "./judge.ts";
import type { RgbRaster } from "./raster.ts";
import { toolLine } from "./tool.ts";

const style = `body{font:12px/1.4 sans-serif;background:#ddd;margin:12px}figure{margin:0 0 10px;padding:6px;
background:#eee}div{display:flex;gap:6px}img{max-width:320px;image-rendering:pixelated}b{display:block}`;

/** How many of the worst differences the table has. */
const tableRows = 20;

/** One line about one tool. */
export function verdictLine({ tool, answer, problems, notes, excess }: Verdict): string {
  const share = excess > 0 ? `  ${(excess * 100).toFixed(0)} %` : "";
  const rest = [...problems, ...notes].map((text) => `\n          ${text}`).join("");
  return `${problems.length === 0 ? "ok      " : "DIFFERS "}  ${tool.name}  ${answer}${share}${rest}`;
}

/** The worst differences in per cent of what is borne, how their files are made, and the counts of all. */
export function summary(verdicts: readonly Verdict[]): string[] {
  const bad = verdicts.filter(({ problems }) => problems.length > 0);
  const worst = bad.toSorted((a, b) => b.excess - a.excess).slice(0, tableRows);
  const rows = worst.map(
    ({ tool, excess, answer }) =>
      `${(excess * 100).toFixed(0).padStart(7)} %  ${tool.name}  ${answer}  ${toolLine(tool)}`,
  );
  return [
    ...(rows.length > 0 ? ["Worst differences, in per cent of what is borne:", ...rows] : []),
    `${verdicts.length} coding tools, ${bad.length} differences`,
  ];
}

/** Writes a page of what differs, ours beside what it is to look like; tells where it is. */
export async function writeSheet(out: string, verdicts: readonly Verdict[]): Promise<string> {
  const pictures = join(out, "pictures");
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const figures: string[] = [];
  for (const verdict of verdicts.filter(({ problems }) => problems.length > 0)) {
    const name = verdict.tool.name.replaceAll("/", "-");
    const images: string[] = [];
    for (const [index, raster] of (verdict.pictures ?? []).entries()) {
      const file = `${name}-${index === 0 ? "ours" : "truth"}.png`;
      await writePng(join(pictures, file), raster);
      images.push(`<img src="pictures/${file}" alt="">`);
    }
    const lines = [toolLine(verdict.tool), verdict.answer, ...verdict.problems].map(escaped).join("<br>");
    figures.push(
      `<figure><div>${images.join("")}</div><b>${escaped(verdict.tool.name)}</b>${lines}</figure>`,
    );
  }
  const file = join(out, "index.html");
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><title>Differences</title><style>${style}</style>${figures.join("\n")}`,
  );
  return file;
}

async function writePng(file: string, { width, height, rgb }: RgbRaster): Promise<void> {
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
}

/** Text as HTML. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (character) => `&#${character.charCodeAt(0)};`);
}
