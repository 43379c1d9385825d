import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importPhotos } from "../../scripts/import/import.ts";
import { writePacket } from "../../src/metadata/packet/write.ts";
import { jpegBytes } from "../support/images/jpeg.ts";
import { pngBytes } from "../support/images/png.ts";
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

/** Runs an import of paths below a folder of files, and gives its exit code and what it said. */
async function importOf(paths: string[], flags: string[], files: Record<string, Uint8Array | string>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(data.folder, name)), { recursive: true });
    await writeFile(join(data.folder, name), content);
  }
  const said: string[] = [];
  const code = await importPhotos({
    argv: [
      ...paths.map((path) => join(data.folder, path)),
      "--url",
      service.url,
      "--key",
      service.key,
      ...flags,
    ],
    env: {},
    say: (line) => void said.push(line),
    progress: { begin: () => {}, update: () => {}, end: () => {} },
    stop: new AbortController().signal,
  });
  return { code, said };
}

async function stored(): Promise<Record<string, number>> {
  const { items } = await new Client(service).json(pageSchema, "/v1/media?sort=object_key");
  expect(items.every(({ state }) => state === "ready")).toBe(true);
  return Object.fromEntries(items.map(({ object_key: key, file_size: size }) => [key, size]));
}

test("folders of the same structure and single files are imported side by side, and nothing is overwritten", async () => {
  const first = await pngBytes({ width: 64, height: 48 });
  // A camera's next card: the same name, and as many bytes, but another picture.
  const second = Uint8Array.from(jpegBytes({ width: 64, height: 48, pattern: [200, 30, 40] }));
  const third = Uint8Array.from(jpegBytes({ width: 64, height: 48, pattern: [100, 30, 40] }));
  expect(second.length).toBe(third.length);

  const one = await importOf(["one"], ["--provider", "r2"], {
    "one/DCIM/IMG_1.jpg": second,
    "one/DCIM/IMG_2.png": first,
    "one/DCIM/MVI_3.mov": "film",
  });
  expect(one).toMatchObject({ code: 0 });
  expect(one.said).toContain("Ignored 1, by the names not images: 1 .mov.");
  const before = await stored();

  const two = await importOf(["two"], [], { "two/DCIM/IMG_1.jpg": third });
  expect(two).toMatchObject({ code: 1 });
  expect(two.said.join("\n")).toContain("such as --prefix two.");
  expect(await stored()).toEqual(before);

  expect(await importOf(["two", "one/DCIM/IMG_2.png"], ["--prefix", "two"], {})).toMatchObject({ code: 0 });
  expect(await stored()).toEqual({
    ...before,
    "two/DCIM/IMG_1.jpg": third.length,
    "two/IMG_2.png": first.length,
  });
  expect(await importOf(["one"], [], {})).toMatchObject({ code: 0 });
});

test("an unpacked Takeout brings its words, and a sidecar its own, after the photos were read", async () => {
  const photo = await pngBytes({ width: 20, height: 10 });
  const other = await pngBytes({ width: 21, height: 10 });
  const json = JSON.stringify({
    title: "IMG_9.png",
    description: "The pier",
    people: [{ name: "Ada" }],
    photoTakenTime: { timestamp: "1595757600" },
    geoData: { latitude: 54.5, longitude: 10.25 },
  });
  const words = { title: "Own", custom_field: [1] };
  const done = await importOf(["takeout"], [], {
    "takeout/IMG_9.png": photo,
    "takeout/IMG_9.png.supplemental-metadata.json": json,
    "takeout/other.png": other,
    "takeout/other.png.xmp": writePacket(words, { hierarchical: [], existing: null }),
  });
  expect(done).toMatchObject({ code: 0 });
  const { items } = await new Client(service).json(pageSchema, "/v1/media?sort=object_key");
  const found = new Map(items.map((item) => [item.object_key, item]));
  expect(found.get("IMG_9.png")?.object_metadata).toEqual({
    description: "The pier",
    keywords: ["Ada"],
    taken_at: "2020-07-26T10:00:00",
    location: { latitude: 54.5, longitude: 10.25 },
  });
  expect(found.get("other.png")?.object_metadata).toEqual(words);
  expect(await importOf(["takeout"], [], {})).toMatchObject({ code: 0 });
  const again = await new Client(service).json(pageSchema, "/v1/media?sort=object_key");
  expect(again.items.map(({ revision }) => revision)).toEqual(items.map(({ revision }) => revision));
});

test("an import into a provider that there is not ends in one sentence", async () => {
  const photo = await pngBytes({ width: 8, height: 8 });
  await expect(importOf(["three"], ["--provider", "nowhere"], { "three/a.png": photo })).rejects.toThrow(
    "--provider nowhere is not the name of a configured storage provider.",
  );
});
