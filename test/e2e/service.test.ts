import { Client as Agent, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { jpegBytes } from "../support/images/jpeg.ts";
import { pngBytes } from "../support/images/png.ts";
import { lintedByRedocly } from "./support/redocly.ts";
import {
  Client,
  dataFolder,
  mediaSchema,
  pageSchema,
  startedSchema,
  startService,
  statusSchema,
  type RunningService,
} from "./support/service.ts";

let data: Awaited<ReturnType<typeof dataFolder>>;
let service: RunningService;
let client: Client;

beforeAll(async () => {
  data = await dataFolder();
  service = await startService(data);
  client = new Client(service);
});

afterAll(async () => {
  await service.stop();
  await data.remove();
});

const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

const changeSchema = z.looseObject({ token: z.string().nullable(), operation_id: z.string().nullable() });

const linksSchema = z.object({ data_url: z.string(), thumbnail_url: z.string() });

const photo = async (): Promise<Buffer<ArrayBuffer>> =>
  Buffer.from(await pngBytes({ width: 900, height: 600 }));

/** Uploads a photo and waits until the service has looked at it. */
async function ready(key: string) {
  const bytes = await photo();
  const { id } = await client.upload(key, bytes);
  const media = await client.until(mediaSchema, `/v1/media/${id}`, ({ state }) => state !== "pending");
  return { bytes, media };
}

describe("the page of the console", () => {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(path, service.url), { redirect: "manual", ...init });

  test("is served at / whatever its query, under a policy that lets nothing run that is not a file of its own", async () => {
    for (const path of ["/", "/?photo=0193&q=beach"]) {
      const response = await ask(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<div id="console"></div>');
      const { headers } = response;
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
          "require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
      );
      expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("names files that are kept for good", async () => {
    const page = await (await ask("/")).text();
    const files = [...page.matchAll(/="(\/console\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const path of files) {
      const response = await ask(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      await response.body?.cancel();
    }
  });

  test("leaves every other unknown path the 404 problem that it is", async () => {
    for (const path of ["/photos", "/console/gone.js", "/console", "/docs/nothing"]) {
      const response = await ask(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "resource_not_found" });
    }
  });

  test("takes no other method", async () => {
    expect((await ask("/", { method: "POST", body: "x" })).status).toBe(405);
  });
});

test("the service is healthy, and its documentation and description are there for anybody", async () => {
  const health = await fetch(new URL("/health", service.url));
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ status: "ok" });
  const answers = await Promise.all(
    ["/docs", "/openapi.json", "/v1/media"].map((path) => fetch(new URL(path, service.url))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 401]);
});

test("the description keeps Redocly's recommended rules, warnings included", async () => {
  const description = await (await fetch(new URL("/openapi.json", service.url))).text();
  expect(await lintedByRedocly(description)).toEqual([]);
});

/** What the page at /docs loads. */
async function documentationFiles(): Promise<Response[]> {
  const page = await (await fetch(new URL("/docs", service.url))).text();
  const paths = [...page.matchAll(/"(\/docs-viewer\/[^"]+)"/g)].map(([, path]) => path ?? "");
  return Promise.all(paths.map((path) => fetch(new URL(path, service.url))));
}

test("what the documentation loads is there, and kept for good, as its names change with its content", async () => {
  const files = await documentationFiles();
  expect(files.length).toBeGreaterThan(2);
  for (const { status, headers } of files)
    expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
});

test("what the documentation loads states as much about itself as the service's own answers", async () => {
  for (const { headers } of await documentationFiles()) {
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  }
});

test("the pages for people have their style and their icon", async () => {
  const page = await (await fetch(new URL("/docs/errors", service.url))).text();
  expect(page).toContain('<link rel="stylesheet" href="/pages.css"');
  for (const [path, type] of [
    ["/pages.css", /^text\/css/],
    ["/favicon.svg", /^image\/svg\+xml/],
    ["/favicon.ico", /^image\/svg\+xml/],
  ] as const) {
    const response = await fetch(new URL(path, service.url));
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    expect(response.headers.get("content-type")).toMatch(type);
  }
});

test("the licences of what ships are there for anybody", async () => {
  const licences = await fetch(new URL("/licences.txt", service.url));
  expect(licences.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await licences.text()).toContain("GNU LESSER GENERAL PUBLIC LICENSE");
});

describe("a photo that is uploaded", () => {
  test("is processed by itself, listed, and has a thumbnail of exactly 512 × 512", async () => {
    const { media } = await ready("upload/a.png");
    expect(media).toMatchObject({
      state: "ready",
      content_type: "image/png",
      intrinsic: { width: 900, height: 600 },
    });
    const page = await client.json(pageSchema, "/v1/media?prefix=upload/a");
    expect(page.items.map(({ id }) => id)).toEqual([media.id]);
    const thumbnail = await client.fetch(`/v1/media/${media.id}/thumbnail`);
    expect(thumbnail.status).toBe(200);
    expect(thumbnail.headers.get("content-type")).toBe("image/jpeg");
    const jpeg = Buffer.from(await thumbnail.arrayBuffer());
    expect(frameSize(jpeg)).toEqual({ width: 512, height: 512 });
  });

  test("is seen and described by an agent, which takes that back, in the Worker as it is deployed", async () => {
    const { media } = await ready("upload/agent.png");
    const agent = new Agent({ name: "e2e", version: "1" });
    const requestInit = { headers: { "X-API-Key": service.key } };
    await agent.connect(new StreamableHTTPClientTransport(new URL("/mcp", service.url), { requestInit }));
    await agent.listTools();
    const use = async (name: string, args: Record<string, unknown>) =>
      agent.callTool({ name, arguments: args });
    const seen = await use("look_at_photo", { id: media.id });
    expect(seen.content).toMatchObject([{ type: "text" }, { type: "image", mimeType: "image/jpeg" }]);
    const words = { photos: [{ id: media.id, object_metadata: { description: "By an agent" } }] };
    const { token } = changeSchema.parse((await use("describe_photos", words)).structuredContent);
    const done = changeSchema.parse((await use("describe_photos", { ...words, token })).structuredContent);
    const described = await client.json(mediaSchema, `/v1/media/${media.id}`);
    expect(described.object_metadata).toEqual({ description: "By an agent" });
    const undo = { operation_id: done.operation_id };
    const shown = changeSchema.parse((await use("undo", undo)).structuredContent);
    await use("undo", { ...undo, token: shown.token });
    const restored = await client.json(mediaSchema, `/v1/media/${media.id}`);
    expect(restored.object_metadata).toEqual({});
    await agent.close();
  });

  test("is described by people, and concurrent changes both survive", async () => {
    const { media } = await ready("upload/b.png");
    const path = `/v1/media/${media.id}`;
    const changes = [{ description: "The beach" }, { keywords: ["sea", "Sea", "sand"] }];
    const answers = await Promise.all(
      changes.map((change) => client.fetch(path, json("PATCH", { object_metadata: change }))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const after = await client.json(mediaSchema, path);
    expect(after.object_metadata).toEqual({ description: "The beach", keywords: ["sea", "sand"] });
    const stale = await client.fetch(path, { ...json("PATCH", {}), headers: { "if-match": '"0-0"' } });
    expect(stale.status).toBeGreaterThanOrEqual(400);
  });

  test("is shown by a signed link to who has no key", async () => {
    const { media, bytes } = await ready("upload/link.png");
    const links = await client.json(linksSchema, `/v1/media/${media.id}/links`, { method: "POST" });
    expect(new URL(links.thumbnail_url).origin).toBe(service.url);
    const [thumbnail, data, altered] = await Promise.all(
      [links.thumbnail_url, links.data_url, `${links.data_url}&download=true`].map((url) => fetch(url)),
    );
    expect([thumbnail?.status, data?.status, altered?.status]).toEqual([200, 200, 403]);
    expect(thumbnail?.headers.get("cache-control")).toMatch(/^public, max-age=\d+$/);
    expect(Buffer.from((await data?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(bytes)).toBe(true);
  });

  test("is given back byte by byte, whole and in ranges", async () => {
    const { media, bytes } = await ready("upload/c.png");
    const whole = await client.fetch(`/v1/media/${media.id}/data`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const part = await client.fetch(`/v1/media/${media.id}/data`, { headers: { range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 10-19/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const beyond = await client.fetch(`/v1/media/${media.id}/data`, {
      headers: { range: `bytes=${bytes.length}-` },
    });
    expect(beyond.status).toBe(416);
  });

  test("is not overwritten by a second one of the same name", async () => {
    const { media } = await ready("upload/d.png");
    const again = await client.fetch("/v1/media?object_key=upload/d.png", {
      method: "POST",
      body: await photo(),
    });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: "object_exists" });
    expect((await client.fetch(`/v1/media/${media.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await client.fetch(`/v1/media/${media.id}`)).status).toBe(404);
  });
});

describe("ingest", () => {
  test("is started once by 20 requests at the same time, and ends by itself", async () => {
    await client.upload("ingest/a.jpg", Buffer.from(jpegBytes({ width: 64, height: 48 })));
    const starts = await Promise.all(
      Array.from({ length: 20 }, () => client.json(startedSchema, "/v1/ingest", json("POST", {}))),
    );
    const started = starts.filter(({ status }) => status === "started");
    expect(started).toHaveLength(1);
    expect(new Set(starts.map(({ run }) => run.id)).size).toBe(1);
    const ended = await client.until(statusSchema, "/v1/ingest/status", ({ run }) => run === null);
    expect(ended.last_run).toMatchObject({ id: started[0]?.run.id, state: "completed" });
  });

  test("of a storage where nothing changed puts nothing to work", async () => {
    const { run } = await client.json(startedSchema, "/v1/ingest", json("POST", {}));
    const { last_run: last } = await client.until(
      statusSchema,
      "/v1/ingest/status",
      (status) => status.run === null,
    );
    expect(last).toMatchObject({ id: run.id, state: "completed", counts: { new: 0, queued: 0 } });
    expect(last?.counts.scanned).toBe(last?.counts.unchanged);
  });
});

test("a restart keeps what was there", async () => {
  const { media } = await ready("kept/a.png");
  await client.json(
    mediaSchema,
    `/v1/media/${media.id}`,
    json("PATCH", { object_metadata: { description: "Kept" } }),
  );
  expect(await service.stop()).toBe(0);
  service = await startService(data);
  const after = await client.json(mediaSchema, `/v1/media/${media.id}`);
  expect(after).toMatchObject({
    object_key: "kept/a.png",
    state: "ready",
    object_metadata: { description: "Kept" },
  });
  expect((await client.fetch(`/v1/media/${media.id}/thumbnail`)).status).toBe(200);
});

/** Width and height from a JPEG's frame header. */
function frameSize(jpeg: Buffer): { width: number; height: number } | undefined {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffc2)
      return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
  }
  return undefined;
}
