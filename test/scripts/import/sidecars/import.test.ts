import { describe, expect, test } from "vitest";
import { answer, problem } from "../../support/fake-service.ts";
import { jpegLike } from "../../support/folder.ts";
import { setUp } from "../../support/import-set-up.ts";

/** A JSON file of a photo, as far as the import reads it. */
function takeout(description: string, title = "x"): string {
  return JSON.stringify({ title, description, photoTakenTime: { timestamp: "1595757600" } });
}

const album = "Takeout/Google Photos/Photos from 2020";
const folder = {
  [`${album}/a.jpg`]: jpegLike(10),
  [`${album}/a.jpg.supplemental-metadata.json`]: takeout("First"),
  [`${album}/a-edited.jpg`]: jpegLike(11),
  [`${album}/a(1).jpg`]: jpegLike(12),
  [`${album}/a.jpg.supplemental-metadata(1).json`]: takeout("Second"),
  [`${album}/b.jpg`]: jpegLike(13),
  [`${album}/c.mp4`]: "film",
  [`${album}/c.mp4.supplemental-metadata.json`]: takeout("Film"),
  [`${album}/gone.jpg.supplemental-metadata.json`]: takeout("Gone"),
  [`${album}/metadata.json`]: JSON.stringify({ title: "2020", description: "" }),
};

type Service = Awaited<ReturnType<typeof setUp>>["service"];

function wordsOf(service: Service): Record<string, unknown> {
  return Object.fromEntries(
    [...service.objects.values()].map(({ object_key: key, object_metadata: words }) => [
      key.replace(`${album}/`, ""),
      words["description"],
    ]),
  );
}

const changes = (service: Service): number => service.countOf("PATCH /v1/media/");

describe("an unpacked Takeout", () => {
  test("is sent with the words of its JSON files, which are no photos", async () => {
    const { service, said, run } = await setUp(folder);
    expect(await run()).toBe(0);
    expect(wordsOf(service)).toEqual({
      "a.jpg": "First",
      "a-edited.jpg": "First",
      "a(1).jpg": "Second",
      "b.jpg": undefined,
    });
    expect(service.objects.get(`${album}/a.jpg`)?.object_metadata).toEqual({
      description: "First",
      taken_at: "2020-07-26T10:00:00",
    });
    expect(said.join("\n")).toContain(
      "Of 3 files with a JSON file of Google Takeout or an XMP sidecar, 3 got words from it, 0 had the words already",
    );
    expect(said).toContain("Ignored 4, by the names not images: 3 .json, 1 .mp4.");
    const at = said.indexOf("JSON files of Google Takeout without their photo or film:");
    expect(said[at + 1]).toBe(`  ${album}/gone.jpg.supplemental-metadata.json`);
  });

  test("sent again changes nothing, and leaves what people wrote since", async () => {
    const { service, said, run, again } = await setUp(folder);
    await run();
    const before = service.countOf("PATCH /v1/media/") + service.countOf("GET /v1/media/");
    said.length = 0;
    expect(await again()).toBe(0);
    // Nothing is asked of them one by one either.
    expect(service.countOf("PATCH /v1/media/") + service.countOf("GET /v1/media/")).toBe(before);
    expect(said.join("\n")).toContain(
      "0 got words from it, 0 had the words already, and 3 were left as they are",
    );
  });

  test("that was stopped before its words were sent gets them by the next import", async () => {
    const { service, stop, run, again } = await setUp(folder);
    service.faults.push((request) => {
      if (request.method === "PATCH" && changes(service) === 2) stop.abort("polite");
      return false;
    });
    expect(await run()).toBe(130);
    service.faults.length = 0;
    expect(await again()).toBe(0);
    expect(wordsOf(service)).toMatchObject({
      "a.jpg": "First",
      "a-edited.jpg": "First",
      "a(1).jpg": "Second",
    });
    const revisions = [...service.objects.values()].map(({ revision }) => revision);
    expect(revisions.sort((a, b) => a - b)).toEqual([0, 1, 1, 1]);
  });

  test("whose answer was lost is not taken for a person's", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "a.jpg.json": takeout("First"),
    });
    service.faults.push((request) => {
      const object = service.objects.get("a.jpg");
      if (request.method !== "PATCH" || object === undefined || object.revision > 0) return false;
      object.revision = 1;
      object.object_metadata = { description: "First", taken_at: "2020-07-26T10:00:00" };
      request.socket.destroy();
      return true;
    });
    expect(await run()).toBe(0);
    expect(said.join("\n")).toContain("1 got words from it");
  });

  test("leaves a photo that a person describes at the same moment", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10), "a.jpg.json": takeout("First") });
    service.faults.push((request) => {
      const object = service.objects.get("a.jpg");
      if (request.method !== "PATCH" || object === undefined) return false;
      object.revision = 1;
      object.object_metadata = { description: "Mine" };
      return false;
    });
    expect(await run()).toBe(0);
    expect(wordsOf(service)).toEqual({ "a.jpg": "Mine" });
    expect(said.join("\n")).toContain("and 1 were left as they are");
  });

  test("of which a photo has the words by itself changes nothing", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10), "a.jpg.json": takeout("First") });
    service.process = (object) => {
      Object.assign(object, {
        state: "ready",
        object_metadata: { description: "Its own" },
        taken: { at: "2020-07-26T12:00:00.000" },
      });
    };
    expect(await run()).toBe(0);
    expect(changes(service)).toBe(0);
    expect(said.join("\n")).toContain("1 had the words already");
  });

  test("with words that the service refuses ends with 1 and the reason", async () => {
    const { service, said, run } = await setUp(folder);
    service.faults.push((request, response) => {
      if (request.method !== "PATCH" || request.url?.includes("edited") !== true) return false;
      problem(response, 422, "validation_error");
      return true;
    });
    expect(await run()).toBe(1);
    expect(said).toContain(`  ${album}/a-edited.jpg: validation_error: It is validation_error.`);
  });

  test("whose media object is gone meanwhile ends with 1 and says so", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10), "a.jpg.json": takeout("First") });
    service.faults.push((request) => {
      if (request.method === "GET" && request.url?.startsWith("/v1/media/") === true) service.objects.clear();
      return false;
    });
    expect(await run()).toBe(1);
    expect(said).toContain("  a.jpg: the service has no media object for this file");
  });

  test("waits with its words for what the service has not read", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10), "a.jpg.json": takeout("First") });
    service.process = () => {};
    expect(await run()).toBe(1);
    expect(changes(service)).toBe(0);
    expect(said.join("\n")).toContain("1 files wait for their words: run the same command again.");
  });

  test("is given up in one sentence where the service is lost", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10), "a.jpg.json": takeout("First") });
    service.faults.push((request) => {
      if (request.method !== "PATCH") return false;
      request.socket.destroy();
      return true;
    });
    await expect(run()).rejects.toThrow("The service was lost");
  });

  test("with an answer that is none of a media object's is given up likewise", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10), "a.jpg.json": takeout("First") });
    service.faults.push((request, response) => {
      if (request.method !== "GET" || request.url?.startsWith("/v1/media/") !== true) return false;
      answer(response, 200, {});
      return true;
    });
    await expect(run()).rejects.toThrow("does not have the form of this version");
  });
});

describe("XMP sidecars", () => {
  const sidecar = (title: string): string =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;

  test("of photos, or of all photos of a name, send their words", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "a.jpg.xmp": sidecar("Own"),
      "a.png": jpegLike(11),
      "a.xmp": sidecar("Shared"),
      "b.raw.xmp": sidecar("Raw"),
    });
    expect(await run()).toBe(0);
    const titles = [...service.objects.values()].map((each) => [
      each.object_key,
      each.object_metadata["title"],
    ]);
    expect(Object.fromEntries(titles)).toEqual({ "a.jpg": "Own", "a.png": "Shared" });
    expect(said).toContain("Ignored 1, by the names not images: 1 .xmp.");
  });

  test("that are none end with 1 and the reason, and stop no other", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "a.jpg.xmp": "not XML",
      "b.jpg": jpegLike(11),
      "b.jpg.xmp": sidecar("B"),
    });
    expect(await run()).toBe(1);
    expect(service.objects.get("b.jpg")?.object_metadata).toEqual({ title: "B" });
    expect(said).toContain("  a.jpg: the XMP sidecar cannot be read");
  });
});
