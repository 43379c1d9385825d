import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { pathIn } from "../../../scripts/import/names.ts";
import { answer, problem, type Fault } from "../support/fake-service.ts";
import { jpegLike } from "../support/folder.ts";
import { setUp } from "../support/import-set-up.ts";

const uploads = (request: { method?: string | undefined }): boolean => request.method === "POST";

/** A fault that hits uploads of a key until it has been seen so often. */
function upTo(times: number, key: string, fault: Fault): Fault {
  return (request, response, seen) =>
    uploads(request) &&
    (request.url ?? "").startsWith("/v1/media") &&
    (request.url ?? "").includes(key) &&
    seen <= times &&
    fault(request, response, seen);
}

describe("a folder sent for the first time", () => {
  test("is uploaded under its paths, ingested, and summed up", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "sub/b.JPG": jpegLike(3_000_000),
      "notes.txt": "x",
    });
    expect(await run("--prefix", "2024")).toBe(0);
    expect([...service.objects.keys()].sort()).toEqual(["2024/a.jpg", "2024/sub/b.JPG"]);
    expect(service.objects.get("2024/sub/b.JPG")?.file_size).toBe(3_000_000);
    expect(said.join("\n")).toMatch(/Uploaded 2 \(3\.0 MB in .* already there 0, refused 0\./);
    expect(said).toContain("Ignored 1, by the names not images: 1 .txt.");
    expect(said.join("\n")).toContain("Of these files 2 are ready, 0 failed, 0 unsupported");
    expect(service.countOf("POST /v1/ingest")).toBe(1);
  });

  test("goes in whole although some files are refused, and ends with 1 and the reasons", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "b.jpg": "<html>",
      "c.jpg": jpegLike(11),
    });
    expect(await run()).toBe(1);
    expect([...service.objects.keys()].sort()).toEqual(["a.jpg", "c.jpg"]);
    expect(said).toContain("  b.jpg: unsupported_media_type: It is unsupported_media_type.");
  });

  test("ends with 1 when the service cannot process a file, and says which", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "b.jpg": jpegLike(20),
      "c.jpg": jpegLike(30),
    });
    service.process = (object) => {
      object.state = object.object_key === "a.jpg" ? "failed" : "unsupported";
      object.error = object.object_key === "c.jpg" ? null : { code: "corrupt", detail: "It breaks off." };
    };
    expect(await run()).toBe(1);
    expect(said).toContain("  a.jpg: corrupt: It breaks off.");
    expect(said.join("\n")).toContain("0 are ready, 1 failed, 2 unsupported");
  });

  test("is fine when it holds nothing", async () => {
    const { service, run } = await setUp({ "notes.txt": "x" });
    expect(await run()).toBe(0);
    expect(service.requests).toEqual(["GET /health"]);
  });
});

describe("a folder sent again", () => {
  test("sends nothing that is there", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10), "b.jpg": jpegLike(20) });
    await run();
    const before = service.countOf("POST /v1/media");
    expect(await run()).toBe(0);
    expect(service.countOf("POST /v1/media")).toBe(before);
    expect(said.join("\n")).toContain("Uploaded 0, already there 2, refused 0");
  });

  test("leaves an object of another size as it is and says so", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10) });
    service.put("a.jpg", jpegLike(12), { state: "ready" });
    expect(await run()).toBe(1);
    expect(service.countOf("POST /v1/media")).toBe(0);
    expect(said.join("\n")).toContain(
      "a.jpg: the service has another object under this key, of 12 bytes, this has 10",
    );
  });

  test("tells photos of the same name and size by their digests, however old they are", async () => {
    const names = ["md5.jpg", "other-md5.jpg", "sha256.jpg", "other-sha256.jpg", "none.jpg"];
    const { service, said, folder, run } = await setUp(
      Object.fromEntries(names.map((name) => [name, jpegLike(10, 1)])),
    );
    const sha256 = (bytes: Buffer): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    service.put("md5.jpg", jpegLike(10, 1));
    service.put("other-md5.jpg", jpegLike(10, 2));
    service.put("sha256.jpg", jpegLike(10, 1), { content_hash: sha256(jpegLike(10, 1)) });
    service.put("other-sha256.jpg", jpegLike(10, 2), { content_hash: sha256(jpegLike(10, 2)) });
    service.put("none.jpg", jpegLike(10, 2), { content_hash: null });
    const earlier = new Date("2001-01-01");
    for (const name of names) await utimes(join(folder, name), earlier, earlier);
    expect(await run()).toBe(1);
    expect(said.filter((line) => line.includes("another object"))).toEqual([
      "  other-md5.jpg: the service has another object under this key, of the same size",
      "  other-sha256.jpg: the service has another object under this key, of the same size",
    ]);
    expect(said.join("\n")).toContain("already there 3, refused 2");
  });

  test("goes on although a file that is there cannot be read", async () => {
    const { service, said, folder, runOf } = await setUp({ "a.jpg": jpegLike(10), "b.jpg": jpegLike(11) });
    service.put("a.jpg", jpegLike(10));
    service.faults.push((request) => {
      if (request.method === "GET" && request.url?.startsWith("/v1/media") === true)
        rmSync(join(folder, "a.jpg"), { force: true });
      return false;
    });
    expect(await runOf(["a.jpg", "b.jpg"])).toBe(1);
    expect(said.join("\n")).toMatch(/ {2}a\.jpg: ENOENT/);
    expect(service.objects.get("b.jpg")?.file_size).toBe(11);
  });

  test("reads no more of a large collection than it has files, and asks for the rest one by one", async () => {
    const { service, said, run } = await setUp({
      "x.jpg": jpegLike(10),
      "y.jpg": jpegLike(20),
      "z.jpg": jpegLike(30),
    });
    service.pageSize = 2;
    for (let index = 0; index < 20; index += 1) service.put(`k${index}.jpg`, jpegLike(9), { state: "ready" });
    service.put("x.jpg", jpegLike(10), { state: "ready" });
    service.put("y.jpg", jpegLike(21), { state: "ready" });
    service.put("z.jpg", jpegLike(30), {
      content_hash: "dropbox:00",
      provider: "dropbox",
      state: "ready",
    });
    expect(await run()).toBe(1);
    expect(said.join("\n")).toMatch(/Uploaded 1 .*, already there 1, refused 1/);
    expect(said.join("\n")).toContain("21 bytes, this has 20");
  });
});

describe("two folders with the same names in them", () => {
  const shoot = (fill: number): Record<string, Buffer> => ({
    "DCIM/IMG_0001.jpg": jpegLike(10, fill),
    "DCIM/IMG_0002.jpg": jpegLike(20 + fill, fill),
  });
  const both = (): Record<string, Buffer> =>
    Object.fromEntries(
      [1, 2].flatMap((fill) =>
        Object.entries(shoot(fill)).map(([name, bytes]) => [`card ${fill}/${name}`, bytes]),
      ),
    );

  test("are not mixed: the second is told to take a --prefix, and nothing is overwritten", async () => {
    const { service, said, runOf } = await setUp(both());
    expect(await runOf(["card 1"])).toBe(0);
    const before = structuredClone([...service.objects]);
    expect(await runOf(["card 2"])).toBe(1);
    expect([...service.objects]).toEqual(before);
    expect(said).toContain(
      "Under the keys of 2 files the service has other photos or other versions. The import keeps the photos of the service. To import these files as well, put the files below another folder of keys, such as --prefix 'card 2'.",
    );
    expect(await runOf(["card 2"], "--prefix", "card 2")).toBe(0);
    expect([...service.objects.keys()]).toContain("card 2/DCIM/IMG_0001.jpg");
  });

  test("are told apart within one import, too, where the first one's photos go in", async () => {
    const { service, said, folder, runOf } = await setUp(both());
    expect(await runOf(["card 1", "card 2"])).toBe(1);
    expect([...service.objects.keys()]).toEqual(["DCIM/IMG_0001.jpg", "DCIM/IMG_0002.jpg"]);
    expect(service.objects.get("DCIM/IMG_0002.jpg")?.file_size).toBe(21);
    const first = join(folder, "card 1", "DCIM/IMG_0001.jpg");
    expect(said).toContain(`  DCIM/IMG_0001.jpg: ${first} gets this key already`);
    expect(said.join("\n")).toContain("such as --prefix 'card 1'");
  });

  test("go through a key that was taken while the import went on", async () => {
    const { service, said, runOf } = await setUp({ "2024/a.jpg": jpegLike(10, 1) });
    service.faults.push((request, response) => {
      if (request.method !== "POST" || !(request.url ?? "").startsWith("/v1/media")) return false;
      request.resume();
      service.put("2024/a.jpg", jpegLike(10, 2));
      problem(response, 409, "object_exists");
      return true;
    });
    expect(await runOf(["2024"], "--prefix", "2024")).toBe(1);
    expect(said.join("\n")).toContain("Under the key of 1 file the service has other photos");
    expect(said.join("\n")).toContain("such as --prefix 2024/2024.");
  });
});

describe("what is named", () => {
  test("may be single files and several folders", async () => {
    const { service, runOf } = await setUp({
      "one/a.jpg": jpegLike(10),
      "one/left-out.jpg": jpegLike(11),
      "two/sub/b.jpg": jpegLike(12),
      "three/c.jpg": jpegLike(13),
    });
    expect(await runOf(["one/a.jpg", "two", "three/", "three/c.jpg"], "--prefix", "p")).toBe(0);
    expect([...service.objects.keys()].sort()).toEqual(["p/a.jpg", "p/c.jpg", "p/sub/b.jpg"]);
  });

  test("may be a hidden file, but none that is no image, which is refused and stops no other", async () => {
    const { service, said, runOf } = await setUp({ ".a.jpg": jpegLike(10), "b.txt": "x" });
    expect(await runOf(["b.txt", ".a.jpg"])).toBe(1);
    expect([...service.objects.keys()]).toEqual([".a.jpg"]);
    expect(said).toContain("  b.txt: is not an image by its name");
  });
});

test("what was ignored is told by type, the most frequent first", async () => {
  const ignored = [
    "a.txt",
    "b.TXT",
    "c.mov",
    "d.xmp",
    "e.txt",
    "f.mov",
    ".g.jpg",
    ".h/i.jpg",
    "@eaDir/k.jpg",
  ];
  const { service, said, run } = await setUp({
    "a.jpg": jpegLike(10),
    ...Object.fromEntries(ignored.map((name) => [name, "x"])),
  });
  expect(await run()).toBe(0);
  expect([...service.objects.keys()]).toEqual(["a.jpg"]);
  expect(said).toContain("Ignored 6, by the names not images: 3 .txt, 2 .mov, 1 .xmp.");
  expect(said).toContain(
    "Left out 3 files and folders of systems and programs (a folder counts once): 2 hidden, 1 @eaDir.",
  );
});

/** macOS and Windows have no names but Unicode's. */
describe.runIf(process.platform === "linux")("a name that is not UTF-8", () => {
  const cafe = Buffer.from("Caf\u00E9.jpg", "latin1");

  test("is escaped in the object key, and the summary says so", async () => {
    const { service, said, folder, run } = await setUp({ "a.jpg": jpegLike(10) });
    await writeFile(pathIn(folder, cafe), jpegLike(20));
    expect(await run()).toBe(0);
    expect([...service.objects.keys()].sort()).toEqual(["Caf%E9.jpg", "a.jpg"]);
    expect(service.objects.get("Caf%E9.jpg")?.file_size).toBe(20);
    expect(said).toContain("The name of 1 file is not UTF-8. In the object key, %XX stands for a byte:");
    expect(said).toContain("  Caf%E9.jpg");
  });

  test("is sent whole when it is large, and known the next time", async () => {
    const { service, folder, said, run, again } = await setUp({});
    await writeFile(pathIn(folder, cafe), jpegLike(3_000_000));
    expect(await run()).toBe(0);
    expect(service.objects.get("Caf%E9.jpg")?.file_size).toBe(3_000_000);
    expect(await again()).toBe(0);
    expect(said.join("\n")).toContain("Uploaded 0, already there 1, refused 0.");
  });
});

test("of very many types the frequent ones are named", async () => {
  const types = Array.from({ length: 14 }, (_, index) => `type${10 + index}`);
  const { said, run } = await setUp(Object.fromEntries(types.map((type) => [`a.${type}`, "x"])));
  expect(await run()).toBe(0);
  expect(said.join("\n")).toMatch(/Ignored 14, .*: 1 \.type10, .*1 \.type21, 2 of 2 other types\./);
});

describe("a provider that is named", () => {
  test("gets the photos, and what another has under the same keys is none of its", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10) });
    service.put("a.jpg", jpegLike(99), { state: "ready" });
    expect(await run("--provider", "archive")).toBe(0);
    expect(service.objects.get("archive:a.jpg")).toMatchObject({ file_size: 10, state: "ready" });
    expect(service.objects.get("a.jpg")?.file_size).toBe(99);
    expect(service.bodies).toContain('{"providers":["archive"]}');
    expect(await run("--provider", "archive")).toBe(0);
    expect(said.join("\n")).toContain("Uploaded 0, already there 1, refused 0.");
  });

  test.each([
    ["nowhere", "--provider nowhere is not the name of a configured storage provider."],
    ["dropbox", "It is read_only_provider. Name another storage provider with --provider."],
  ])("but is %s ends it in one sentence", async (name, sentence) => {
    const { run } = await setUp({ "a.jpg": jpegLike(10), "b.jpg": jpegLike(10) });
    await expect(run("--provider", name)).rejects.toThrow(sentence);
  });
});

describe("a service in trouble", () => {
  test("is left alone for as long as it asks, by all uploads", async () => {
    const { service, clock, shown, run } = await setUp({ "a.jpg": jpegLike(10), "b.jpg": jpegLike(10) });
    service.faults.push(
      upTo(3, "a.jpg", (request, response) => {
        request.resume();
        problem(response, 429, "rate_limited", { "retry-after": "7" });
        return true;
      }),
      upTo(1, "b.jpg", (request, response) => {
        request.resume();
        problem(response, 503, "storage_rate_limited", { "retry-after": "2" });
        return true;
      }),
    );
    expect(await run("--concurrency", "1")).toBe(0);
    expect(clock.slept.filter((ms) => ms > 6_000 && ms < 8_000)).toHaveLength(3);
    expect(shown).toContain("0 of 2 files, waiting 7 s, as the service asks");
    expect(service.objects.size).toBe(2);
  });

  test("gets a file again after errors and dropped connections", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10), "b.jpg": jpegLike(2_000_000) });
    service.faults.push(
      upTo(2, "a.jpg", (request, response) => {
        request.resume();
        problem(response, 500, "internal_error");
        return true;
      }),
      upTo(2, "b.jpg", (request) => {
        request.socket.destroy();
        return true;
      }),
    );
    expect(await run()).toBe(0);
    expect(service.objects.get("b.jpg")?.file_size).toBe(2_000_000);
  });

  test("may have stored a file although its answer was lost", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(10) });
    service.faults.push(
      upTo(1, "a.jpg", (request) => {
        service.put("a.jpg", jpegLike(10));
        request.socket.destroy();
        return true;
      }),
    );
    expect(await run()).toBe(0);
    expect(said.join("\n")).toContain("Uploaded 1");
  });

  test("that refuses before it has read the body is understood", async () => {
    const { service, said, run } = await setUp({ "a.jpg": jpegLike(40_000_000) });
    service.faults.push(
      upTo(9, "a.jpg", (_, response) => {
        problem(response, 413, "payload_too_large");
        return true;
      }),
    );
    expect(await run()).toBe(1);
    expect(said).toContain("  a.jpg: payload_too_large: It is payload_too_large.");
    expect(service.countOf("POST /v1/media")).toBe(1);
  });

  test("that stays broken for one file does not keep the others out", async () => {
    const { service, said, run } = await setUp({
      "a.jpg": jpegLike(10),
      "b.jpg": jpegLike(10),
      "c.jpg": jpegLike(10),
    });
    service.faults.push(
      upTo(99, "a.jpg", (request, response) => {
        request.resume();
        response.writeHead(502).end("<html>Bad gateway</html>");
        return true;
      }),
    );
    expect(await run()).toBe(1);
    expect([...service.objects.keys()].sort()).toEqual(["b.jpg", "c.jpg"]);
    expect(said).toContain("  a.jpg: http_502: The service answered 502.");
  });

  test("that is gone altogether stops the import after a few files, to be continued", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${String(index).padStart(2, "0")}.jpg`);
    const { service, said, run } = await setUp(Object.fromEntries(names.map((name) => [name, jpegLike(10)])));
    service.faults.push((request) => {
      if (uploads(request)) request.socket.destroy();
      return uploads(request);
    });
    expect(await run("--concurrency", "2")).toBe(1);
    expect(said.join("\n")).toMatch(
      /The import has stopped, because the service could not be reached: (ECONNRESET|EPIPE|socket hang up)/,
    );
    expect(said.join("\n")).toMatch(/1[678] files are left/);
    expect(service.countOf("POST /v1/ingest")).toBe(0);
  });

  test("that does not take the key ends it in one sentence", async () => {
    const { run } = await setUp({ "a.jpg": jpegLike(10) });
    await expect(run("--key", "wrong")).rejects.toThrow("The service does not accept the API key");
  });

  test("that does not allow it ends it in one sentence", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10) });
    service.faults.push((request, response) => {
      if (!uploads(request)) return false;
      request.resume();
      problem(response, 403, "insufficient_scope");
      return true;
    });
    await expect(run()).rejects.toThrow("needs a key with the scope admin: It is insufficient_scope.");
  });

  test("that is something else altogether is noticed", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10) });
    service.faults.push((request, response) => {
      if (request.url === "/health") return false;
      answer(response, 200, { hello: "world" });
      return true;
    });
    await expect(run()).rejects.toThrow("Is --url right?");
  });

  test("that refuses to list ends it in one sentence", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10) });
    service.faults.push((request, response) => {
      if (request.url === "/health") return false;
      problem(response, 422, "validation_error");
      return true;
    });
    await expect(run()).rejects.toThrow("The service refused GET /v1/media: It is validation_error.");
  });

  test("that does not answer at all is told with what to do", async () => {
    const { service, run } = await setUp({ "a.jpg": jpegLike(10) });
    await service.close();
    onTestFinished(async () => void (await service.listen()));
    await expect(run()).rejects.toThrow(/Nothing answers at .*npm start/);
  });
});
