import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";
import { runCorpus } from "../../../scripts/corpus/corpus.ts";
import { exifBytes, heicBytes, jpegBytes, pngBytes, xmpPacket } from "../../support/images/index.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const photo = Buffer.from(
  jpegBytes({
    width: 40,
    height: 30,
    exif: exifBytes({ make: "<Maker>", takenAt: "2024:07:14 16:03:11" }),
    xmp: xmpPacket("<dc:description>Sea &amp; sand</dc:description>"),
  }),
);
const expectedPhoto = {
  bytes: photo.length,
  mime: "image/jpeg",
  width_after: 40,
  height_after: 30,
  orientation: null,
  taken_at: "2024-07-14T16:03:11",
  make: "<Maker>",
  model: null,
  gps: null,
  description: "Sea & sand",
  keywords: [],
};

async function run(folder: string, ...argv: string[]) {
  const said: string[] = [];
  const options = { argv, start: folder, say: (line: string) => void said.push(line) };
  return { code: await runCorpus(options), said: said.join("\n") };
}

async function photoFolder(expectations?: unknown): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "in/a/photo.jpg": photo, "in/text.jpg": "no picture", "in/README.md": "About" });
  if (expectations !== undefined) {
    await writeFile(join(folder, "in", "expected.json"), JSON.stringify(expectations));
  }
  return folder;
}

test("a folder without expectations is looked at, and its sheet shows pictures, facts and reasons", async () => {
  const folder = await photoFolder();
  await writeFiles(folder, {
    "in/turned.jpg": Buffer.from(jpegBytes({ width: 40, height: 30, orientation: 6 })),
    "in/b.png": Buffer.from(await pngBytes({ width: 9, height: 7 })),
    "in/broken.jpg": photo.subarray(0, 60),
    "in/c.heic": Buffer.from(heicBytes({ width: 8, height: 8 })).subarray(0, 200),
  });
  const { said } = await run(folder, "in", "out");
  expect(said).toContain("     1  image/png  made");
  expect(said).toContain("     1  other  unsupported: no_decoder");
  expect(said).toContain(`Contact sheet: ${join(folder, "out", "index.html")}`);
  const sheet = await readFile(join(folder, "out", "index.html"), "utf8");
  expect(sheet).toContain("<b>a/photo.jpg</b>image/jpeg<br>40 × 30<br>2024-07-14T16:03:11.000<br>");
  expect(sheet).toContain("&#60;Maker&#62;<br>“Sea &#38; sand”");
  expect(sheet).toContain("<b>turned.jpg</b>image/jpeg<br>30 × 40, orientation 6<br>30 × 40, ");
  expect(sheet).toContain("unsupported: no_decoder. There is no decoder for application/octet-stream.");
  expect(sheet).toContain("image/jpeg<br>the file ends before its frame header");
  const [, image = ""] = /<img src="(thumbnails\/\d+-cover\.jpg)" alt="cover">/u.exec(sheet) ?? [];
  const thumbnail = await readFile(join(folder, "out", image));
  expect([...thumbnail.subarray(0, 2)]).toStrictEqual([0xff, 0xd8]);
  expect(sheet).not.toContain("README.md");
  const picture = await sharp(join(folder, "out", "sheet.jpg")).metadata();
  expect([picture.format, picture.width, picture.height]).toStrictEqual(["jpeg", 12 * 160, 176]);
});

test("a folder that is as expected gives zero", async () => {
  const folder = await photoFolder({ "a/photo.jpg": expectedPhoto, "text.jpg": { mime: "text/plain" } });
  const { code, said } = await run(folder, "in", "out");
  expect(said).toContain("2 files, 2 with expectations, 0 differences");
  expect(code).toBe(0);
});

test("a difference, a changed file and a missing one are told and give one", async () => {
  const expectations = {
    "a/photo.jpg": { ...expectedPhoto, model: "Model" },
    "text.jpg": { bytes: 9 },
    "gone.jpg": {},
  };
  const { code, said } = await run(await photoFolder(expectations), "in", "out");
  expect(code).toBe(1);
  expect(said).toContain("DIFFERS  a/photo.jpg: model is null, not Model");
  expect(said).toContain("DIFFERS  text.jpg: has 10 bytes, not the 9 that the expectations are of");
  expect(said).toContain("DIFFERS  gone.jpg: is gone");
});

test("wrong arguments, a missing folder and broken expectations are told in a sentence", async () => {
  const folder = await photoFolder();
  await expect(run(folder)).rejects.toThrow("Usage: npm run corpus -- FOLDER [OUT]");
  await expect(run(folder, "in", "out", "more")).rejects.toThrow("Usage");
  await expect(run(folder, "nowhere")).rejects.toThrow(/nowhere is no folder/u);
  await writeFile(join(folder, "in", "expected.json"), "{");
  await expect(run(folder, "in", "out")).rejects.toThrow(/expected\.json is no JSON/u);
  await writeFile(join(folder, "in", "expected.json"), '{"a": {"mime": 7}}');
  await expect(run(folder, "in", "out")).rejects.toThrow(/expected\.json is not as it should be/u);
});

test("the command runs on plain Node, with the libraries that the service bundles", async () => {
  const folder = await photoFolder({ "a/photo.jpg": expectedPhoto, "text.jpg": {} });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "./scripts/node-wasm.ts", "scripts/corpus.ts", join(folder, "in"), join(folder, "out")],
    { env: { ...process.env, NODE_OPTIONS: "" } },
  );
  expect(stdout).toContain("2 files, 2 with expectations, 0 differences");
});
