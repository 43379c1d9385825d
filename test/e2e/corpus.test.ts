import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CorpusSurroundings, runCorpus } from "../../scripts/corpus/corpus.ts";
import { WrongUse } from "../../scripts/failure.ts";
import { exifBytes, jpegBytes, pngBytes, xmpPacket } from "../support/images/index.ts";
import { holdPort } from "./support/ports.ts";
import { Client, dataFolder, pageSchema, startService, type RunningService } from "./support/service.ts";

let data: Awaited<ReturnType<typeof dataFolder>>;
let service: RunningService;

beforeAll(async () => {
  data = await dataFolder();
  service = await startService(data);
});

afterAll(async () => {
  await service.stop();
  await data.remove();
});

const photo = jpegBytes({
  width: 40,
  height: 30,
  pattern: [200, 60, 40],
  exif: exifBytes({ make: "<Maker>", takenAt: "2024:07:14 16:03:11" }),
  xmp: xmpPacket("<dc:description>Sea &amp; sand</dc:description>"),
});

/** What is true of it. */
const facts = {
  state: "ready",
  width: 40,
  height: 30,
  taken_at: "2024-07-14T16:03:11.000",
  camera: { make: "<Maker>", model: null, lens: null },
  description: "Sea & sand",
  keywords: [],
  srgb: [200, 60, 40],
};

type Content = Uint8Array | string | object;
let corpora = 0;

async function corpusOf(files: Record<string, Content>): Promise<string> {
  corpora += 1;
  const folder = join(data.folder, `corpus-${corpora}`);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const isWhole = typeof content === "string" || content instanceof Uint8Array;
    await writeFile(join(folder, name), isWhole ? content : JSON.stringify(content));
  }
  return folder;
}

/** Runs the command; by itself it is pointed to the service of these tests. */
async function run(argv: string[], more: Partial<CorpusSurroundings> = {}) {
  const said: string[] = [];
  const named = more.usualUrl === undefined ? ["--url", service.url, "--key", service.key] : [];
  const code = await runCorpus({
    argv: [...argv, ...named],
    env: process.env,
    start: data.folder,
    root: data.folder,
    say: (line) => void said.push(...line.split("\n")),
    progress: { begin: () => {}, update: () => {}, end: () => {} },
    stop: new AbortController().signal,
    ...more,
  });
  return { code, said };
}

async function stored(): Promise<number | null> {
  return (await new Client(service).json(pageSchema, "/v1/media?missing=any")).total;
}

describe("npm run corpus", () => {
  test("finds nothing where all is true, shows it on a sheet, and leaves the service as it was", async () => {
    const folder = await corpusOf({
      "a/facts.json": { about: "Photos", files: { "photo.jpg": facts, "text.jpg": { accepted: false } } },
      "a/photo.jpg": photo,
      "a/text.jpg": "no picture",
      "b/expected.json": {
        "photo.jpg": { make: "<Maker>", taken_at: "2024-07-14T16:03:11", decodable: true },
      },
      "b/photo.jpg": photo,
      "c.png": await pngBytes({ width: 9, height: 7 }),
      "broken.jpg": photo.subarray(0, 60),
    });
    const out = join(data.folder, "out");
    const { code, said } = await run([folder, out]);
    expect(said.filter((line) => line.startsWith("DIFFERS"))).toEqual([]);
    expect(said).toContain("5 files, 3 with facts or expectations, 0 differences");
    expect(said).toContain("     2  image/jpeg  made");
    expect(said).toContain("     1  image/jpeg  failed: corrupt");
    expect(said).toContain("     1  other  refused: unsupported_media_type");
    expect(code).toBe(0);
    const sheet = await readFile(join(out, "index.html"), "utf8");
    expect(sheet).toContain("<b>a/photo.jpg</b>image/jpeg<br>40 × 30<br>2024-07-14T16:03:11.000<br>");
    expect(sheet).toContain("&#60;Maker&#62;<br>“Sea &#38; sand”");
    expect(sheet).toContain("refused: unsupported_media_type.");
    const [, image = ""] = /<img src="(thumbnails\/\d+-cover\.jpg)" alt="cover">/u.exec(sheet) ?? [];
    expect((await sharp(join(out, image)).metadata()).width).toBe(512);
    const picture = await sharp(join(out, "sheet.jpg")).metadata();
    expect([picture.format, picture.width, picture.height]).toEqual(["jpeg", 12 * 160, 176]);
    expect(await stored()).toBe(0);
    expect(await (await new Client(service).fetch("/v1/media?trashed=true")).json()).toMatchObject({
      items: [],
    });
  });

  test("tells each difference and ends with one", async () => {
    const folder = await corpusOf({
      "facts.json": { files: { "photo.jpg": { ...facts, width: 41, srgb: [0, 0, 0] }, "gone.jpg": {} } },
      "photo.jpg": photo,
      "in/expected.json": { "text.jpg": { bytes: 9 } },
      "in/text.jpg": "no picture",
    });
    const { code, said } = await run([folder, "out"]);
    expect(said.filter((line) => line.startsWith("DIFFERS"))).toEqual<unknown[]>([
      "DIFFERS  gone.jpg: is gone",
      "DIFFERS  in/text.jpg: has 10 bytes, not the 9 that the expectations are of",
      "DIFFERS  photo.jpg: width is 40, not 41",
      expect.stringMatching(/^DIFFERS {2}photo\.jpg: srgb is \[20\d,\d\d,\d\d\], not \[0,0,0\]$/u),
    ]);
    expect(code).toBe(1);
  });

  test.each<[string, () => Promise<string[]>, string]>([
    ["no folder", async () => [], "Usage: npm run corpus -- FOLDER [OUT]"],
    ["too much", async () => [await corpusOf({ a: "" }), "out", "more"], "Usage"],
    ["a folder that is not there", async () => ["nowhere"], "nowhere is no folder."],
    ["a folder without files", async () => [await corpusOf({ "facts.json": { files: {} } })], "no files"],
    ["a flag that there is not", async () => [await corpusOf({ a: "" }), "--depth", "2"], "--depth"],
    [
      "a fact that there is not",
      async () => [await corpusOf({ "facts.json": { files: { a: { hue: 1 } } }, a: "" })],
      "hue",
    ],
  ])("that is given %s is used wrongly", async (_what, argv, message) => {
    const asked = run(await argv());
    await expect(asked).rejects.toThrow(WrongUse);
    await expect(asked).rejects.toThrow(message);
  });

  test("touches nothing of others: a prefix in use is used wrongly", async () => {
    const client = new Client(service);
    const { id } = await client.upload("mine/photo.jpg", photo.slice());
    const folder = await corpusOf({ "photo.jpg": photo });
    await expect(run([folder, "out", "--prefix", "mine"])).rejects.toThrow(WrongUse);
    expect((await client.fetch(`/v1/media/${id}`)).status).toBe(200);
    expect((await client.fetch(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
  });

  test("that is stopped leaves nothing behind in the service", async () => {
    const stopping = new AbortController();
    const folder = await corpusOf({ "a.jpg": photo, "b.jpg": photo });
    const progress = { begin: () => {}, update: () => stopping.abort("polite"), end: () => {} };
    const { code, said } = await run([folder, "out"], { stop: stopping.signal, progress });
    expect(code).toBe(130);
    expect(said).toEqual(["Stopped."]);
    expect(await stored()).toBe(0);
  });

  test("that is stopped before its own service is up says so and ends as one that is stopped", async () => {
    const { port, release } = await holdPort();
    const stopping = new AbortController();
    try {
      const folder = await corpusOf({ "photo.jpg": photo });
      const say = (): void => stopping.abort("polite");
      const { code } = await run([folder, "out"], {
        usualUrl: `http://localhost:${port}`,
        stop: stopping.signal,
        say,
      });
      expect(code).toBe(130);
    } finally {
      await release();
    }
  });

  test("uses the service that runs at the usual address and takes the key of its secrets file", async () => {
    const folder = await corpusOf({ "photo.jpg": photo });
    const { code, said } = await run([folder, "out"], { usualUrl: service.url });
    expect(said.join("\n")).not.toContain("starting one");
    expect(code).toBe(0);
  });

  test("starts a service of its own where none runs, and ends it", async () => {
    const { port, release } = await holdPort();
    try {
      const folder = await corpusOf({ "facts.json": { files: { "photo.jpg": facts } }, "photo.jpg": photo });
      const { code, said } = await run([folder, "out"], { usualUrl: `http://localhost:${port}` });
      expect(said[0]).toBe(
        `No service with this key at http://localhost:${port}: starting one for this run.`,
      );
      expect(said).toContain("1 files, 1 with facts or expectations, 0 differences");
      expect(code).toBe(0);
      expect(await stored()).toBe(0);
    } finally {
      await release();
    }
  });
});
