import { access, chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { runDecoders } from "../../../bench/decoders/check.ts";
import { mapped, onWhite, part, type Raster, rasterOf } from "../../../bench/decoders/raster.ts";
import { differenceOf } from "../../../bench/decoders/compare.ts";
import { bySharp, expected } from "../../../bench/decoders/reference.ts";
import { source } from "../../../bench/decoders/sources.ts";
import { bmpTools } from "../../../bench/decoders/tools/bmp.ts";
import { jpegTools } from "../../../bench/decoders/tools/jpeg.ts";
import { pngTools } from "../../../bench/decoders/tools/png.ts";
import { madeTiffTools } from "../../../bench/decoders/tools/tiff/made.ts";
import { tiffPageTools } from "../../../bench/decoders/tools/tiff/pages.ts";
import {
  type CodingTool,
  either,
  type Levels,
  otherCoding,
  picture,
  tolerances,
} from "../../../bench/decoders/tool.ts";
import { WrongUse } from "../../../scripts/failure.ts";
import { jpegBytes } from "../../support/images/index.ts";
import { temporaryFolder } from "../support/folder.ts";

/** A PNG of a source, as it is, by a program that every system has. */
const copied: CodingTool = {
  name: "png/copied",
  mediaType: "image/png",
  coding: { lines: ["cp mini.png out.png"] },
  truth: { kind: "picture", picture: () => source("mini") },
  tolerance: tolerances.exact,
  expect: picture,
};

const darkened = (raster: Raster): Raster =>
  mapped(raster, ([red, green, blue, alpha]) => [red / 2, green / 2, blue / 2, alpha]);

async function run(tools: readonly CodingTool[], argv: readonly string[] = [], path?: string) {
  const said: string[] = [];
  const start = await temporaryFolder();
  const options = { argv: ["out", ...argv], tools, start, say: (line: string) => void said.push(line) };
  const code = await runDecoders(path === undefined ? options : { ...options, path });
  return { code, said: said.join("\n"), folder: join(start, "out") };
}

describe("a tool whose file", () => {
  test("looks like its truth is told as a match, and its file is kept under its name", async () => {
    const { code, said, folder } = await run([copied]);
    expect(said).toMatch(/^ok {8}png\/copied {2}made/u);
    expect(said).toContain("1 coding tools, 0 differences");
    expect(code).toBe(0);
    await access(join(folder, "files", "png-copied.png"));
  });

  test("looks otherwise is a difference, and both pictures are on the sheet", async () => {
    const wrong = { ...copied, truth: { kind: "picture", picture: () => darkened(source("mini")) } as const };
    const { code, said, folder } = await run([wrong]);
    expect(code).toBe(1);
    expect(said).toMatch(/DIFFERS {3}png\/copied {2}made {2}\d+ %\n +differs at 512: luma \d/u);
    expect(said).toMatch(/Worst differences.*\n +\d+ % {2}png\/copied {2}made {2}cp mini\.png out\.png/u);
    const page = await readFile(join(folder, "index.html"), "utf8");
    expect(page).toContain(
      '<img src="pictures/png-copied-ours.png" alt=""><img src="pictures/png-copied-truth.png"',
    );
    const ours = await sharp(join(folder, "pictures", "png-copied-ours.png")).metadata();
    expect([ours.width, ours.height]).toEqual([64, 48]);
  });

  test("is of another size is a difference", async () => {
    const cut = {
      ...copied,
      truth: { kind: "picture", picture: () => part(source("mini"), 0, 0, [60, 48]) } as const,
    };
    const { said } = await run([cut]);
    expect(said).toContain("is told to be 64 × 48, not 60 × 48");
  });

  test("is larger than a thumbnail is compared with the truth at the thumbnail's size", async () => {
    const large: CodingTool = {
      ...copied,
      coding: { lines: ["cp tall.png out.png"] },
      truth: { kind: "sharp" },
    };
    expect(await run([large])).toMatchObject({ code: 0 });
  });

  test("a decoder of others reads is compared with what that writes", async () => {
    const truth = { kind: "lines", lines: ["cp mini.ppm truth.ppm"] } as const;
    const { code, folder } = await run([{ ...copied, truth }]);
    expect(code).toBe(0);
    await access(join(folder, "files", "png-copied.truth.ppm"));
    const asPng = { kind: "lines", lines: ["cp mini.png truth.png"] } as const;
    expect(await run([{ ...copied, truth: asPng }])).toMatchObject({ code: 0 });
  });

  test("has levels of other colours than sRGB is compared with what these are, converted after they were shrunk", async () => {
    // Black and white lines, pixel by pixel: what is between them is dark before it is converted, and light afterwards.
    const lines = rasterOf(256, 8, (x) => (x % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    const colours = (levels: Levels): Levels => {
      const [red, green, blue] = levels.map((level) => Math.round(255 * Math.sqrt(level / 255)));
      return [red ?? 0, green ?? 0, blue ?? 0];
    };
    const tool: CodingTool = { ...copied, truth: { kind: "picture", picture: () => lines, colours } };
    const small = expected(tool, lines, 128);
    expect([small.width, small.height]).toEqual([128, 4]);
    // At its ends a line is repeated, so that it is black or white there.
    for (const level of small.rgb.subarray(30, 354)) expect(Math.abs(level - 180)).toBeLessThan(4);
    expect(expected(tool, lines, 256).rgb.subarray(0, 6)).toEqual(Uint8Array.of(0, 0, 0, 255, 255, 255));
  });

  test("others unpack is compared with what ours shows of the unpacked one", async () => {
    const unpacked = (from: string): CodingTool => ({
      ...copied,
      truth: { kind: "unpacked", lines: [`cp ${from}.png truth.tif`] },
    });
    const { code, folder } = await run([unpacked("mini")]);
    expect(code).toBe(0);
    await access(join(folder, "files", "png-copied.truth.tif"));
    expect(await run([unpacked("flat")])).toMatchObject({ code: 1 });
    const { said } = await run([unpacked("large")]);
    expect(said).toContain("ours does not show its truth, or not at its full size");
  });

  test("is of another type than the table says is a difference", async () => {
    const { said } = await run([{ ...copied, mediaType: "image/gif" }]);
    expect(said).toContain("is taken for image/png");
  });

  test("is refused or damaged where a picture is expected is a difference that tells the reason", async () => {
    const jpeg = jpegBytes({ width: 64, height: 48 });
    const damaged = { ...copied, coding: { make: () => jpeg.subarray(0, 60) } };
    const arithmetic = {
      ...copied,
      mediaType: "image/jpeg" as const,
      coding: { make: () => arithmeticJpeg(jpeg) },
    };
    const { said } = await run([damaged, { ...arithmetic, name: "jpeg/arithmetic" }]);
    expect(said).toContain("failed: invalid: The file ends before");
    expect(said).toMatch(/DIFFERS {3}jpeg\/arithmetic.*\n +unsupported: arithmetic_coding/u);
  });

  test("is refused as the README says is no difference, for another reason it is", async () => {
    const coding = { make: () => arithmeticJpeg(jpegBytes({ width: 64, height: 48 })) };
    const refused = { ...copied, mediaType: "image/jpeg", coding } as const;
    const code = "arithmetic_coding";
    expect(await run([{ ...refused, expect: { kind: "unsupported", code } }])).toMatchObject({ code: 0 });
    expect(await run([{ ...refused, expect: either }])).toMatchObject({ code: 0 });
    expect(await run([{ ...refused, expect: otherCoding }])).toMatchObject({ code: 1 });
  });

  test("is decoded rightly though the table says that it is not is noted", async () => {
    const { code, said } = await run([{ ...copied, expect: otherCoding }]);
    expect(said).toContain("is decoded, though the table says that it is not");
    expect(code).toBe(0);
  });

  test("is no photo has to be refused as such", async () => {
    const text = { ...copied, coding: { make: () => Buffer.from("no picture") } };
    expect(await run([{ ...text, expect: { kind: "no photo" } }])).toMatchObject({ code: 0 });
    expect((await run([text])).said).toContain("is not known as a photo");
    expect((await run([{ ...copied, expect: { kind: "no photo" } }])).said).toContain("is taken for a photo");
  });

  test("cannot be made is a difference, and the others have their turn", async () => {
    const failing = { ...copied, name: "png/failing", coding: { lines: ["cp nothing.png out.png"] } };
    const silent = { ...copied, name: "png/silent", coding: { lines: ["true"] } };
    const { code, said } = await run([failing, silent, copied]);
    expect(code).toBe(1);
    expect(said).toMatch(/DIFFERS {3}png\/failing {2}no answer\n +cp failed: .*nothing\.png/u);
    expect(said).toContain("png/silent: its commands leave no file.");
    expect(said).toContain("ok        png/copied");
  });

  test("goes through a redirection and a change on its way is read as it is in the end", async () => {
    const coding = { lines: ["cat mini.png > out.png"], change: (file: Uint8Array) => file.subarray(0, 40) };
    const { said } = await run([{ ...copied, coding }]);
    expect(said).toMatch(/DIFFERS {3}png\/copied {2}failed: corrupt/u);
  });
});

describe("the command", () => {
  test("runs only tools whose names match, and lists them with their command lines", async () => {
    const other = { ...copied, name: "png/other", coding: { make: () => new Uint8Array(0) } };
    const { code, said } = await run([copied, other], ["--only", "^png/", "--list"]);
    expect(said).toBe("png/copied  cp mini.png out.png\npng/other  (made by code)");
    expect(code).toBe(0);
    expect((await run([copied, other], ["--only", "copied"])).said).toContain("1 coding tools");
    await expect(run([copied], ["--only", "nothing"])).rejects.toThrow("No tool has nothing in its name.");
    await expect(run([copied], ["--only", "("])).rejects.toThrow("( is no regular expression");
    await expect(run([copied], ["more"])).rejects.toThrow("Usage: npm run decoders");
    for (const argv of [["--only", "nothing"], ["--only", "("], ["more"], ["--flag"]])
      await expect(run([copied], argv)).rejects.toThrow(WrongUse);
  });

  test("ends with two where programs are missing, and names their packages", async () => {
    const webp = { ...copied, name: "webp/some", coding: { lines: ["cwebp mini.png -o out.webp"] } };
    const { code, said } = await run([webp, copied], [], await temporaryFolder());
    expect(said).toBe("Not installed: cp, cwebp. On Debian: apt-get install cp webp");
    expect(code).toBe(2);
  });

  test("runs what is possible if it is told so, and names the rest", async () => {
    const webp = { ...copied, name: "webp/some", coding: { lines: ["cwebp mini.png -o out.webp"] } };
    const bin = await temporaryFolder();
    await writeFile(join(bin, "cp"), "");
    await chmod(join(bin, "cp"), 0o755);
    const { code, said } = await run([webp, copied], ["--available"], bin);
    expect(said).toContain("LEFT OUT  webp/some");
    expect(said).toContain("1 coding tools, 0 differences");
    expect(code).toBe(0);
  });
});

const byCode = [...bmpTools, ...jpegTools, ...pngTools, ...madeTiffTools, ...tiffPageTools].flatMap(
  ({ name, coding, truth }) => (coding.make === undefined ? [] : [{ name, make: coding.make, truth }]),
);

test("every file that code makes can be made", async () => {
  const sizes: number[] = [];
  for (const { make } of byCode) sizes.push((await make()).length);
  expect(sizes.filter((size) => size < 100)).toEqual([]);
});

const readable = [
  "png/srgb-before-gama",
  "tiff/extra-associated",
  "tiff/extra-unassociated",
  "tiff/reduced-second",
];

test.each(readable)("%s, which code makes, is to sharp what the table says of it", async (name) => {
  const tool = byCode.find((each) => each.name === name);
  if (tool?.truth.kind !== "picture") throw new Error(`${name} is not in the table.`);
  const seen = onWhite(await bySharp(await tool.make()));
  const { luma, chroma } = differenceOf(seen, onWhite(tool.truth.picture()));
  expect(Math.max(luma.mean, chroma.mean)).toBeLessThan(4);
});

/** The same file with the marker of arithmetic coding (T.81, table B.1). */
function arithmeticJpeg(jpeg: Uint8Array): Uint8Array {
  const at = jpeg.findIndex((byte, index) => byte === 0xff && jpeg[index + 1] === 0xc0);
  return jpeg.with(at + 1, 0xc9);
}
