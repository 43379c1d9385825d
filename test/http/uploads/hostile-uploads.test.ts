import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { findMedia } from "../../../src/db/media/reads.ts";
import { processMedia } from "../../../src/media/processing/process.ts";
import { createServices } from "../../../src/services.ts";
import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { boastful } from "../../support/hostile/containers.ts";
import {
  bmpBytes,
  gifBytes,
  joined,
  jpegBytes,
  jpegSegment,
  latin1,
  littleEndian,
  pngBytes,
  pngChunk,
} from "../../support/images/index.ts";
import { insertStored, storedMedia } from "../../support/records/media.ts";
import { limitedEnv } from "../../support/platform/env.ts";
import { recordCount, storedBytes, storedKeys, upload, uploadForm } from "../../support/http/uploads.ts";

const size = { width: 16, height: 8 };
const script = "<html><script>alert(document.domain)</script></html>";

/** What is no picture, though it may be called one. */
const noPictures: Readonly<Record<string, Uint8Array>> = {
  HTML: latin1(`<!DOCTYPE html>${script}`),
  "HTML behind a byte order mark": latin1(`\xef\xbb\xbf${script}`),
  "HTML behind white space": latin1(`\r\n\t ${script}`),
  SVG: latin1('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  "SVG behind its declaration": latin1('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  XML: latin1('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
  PDF: latin1("%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
  ZIP: latin1("PK\x03\x04\x14\0\0\0"),
  gzip: latin1("\x1f\x8b\x08\0"),
  JavaScript: latin1("alert(1)//\xff\xd8\xff"),
  "JavaScript that begins as a bitmap": latin1("BM=1;alert(1);//              "),
  "a GIF of another version": latin1("GIF88a\x01\0\x01\0"),
  "RIFF of another kind": latin1("RIFF\x10\0\0\0AVI LIST"),
  "a film": latin1("\0\0\0\x18ftypisom\0\0\0\0isommp42"),
  "an icon": latin1("\0\0\x01\0\x01\0\x10\x10"),
  "JPEG XL": latin1("\xff\x0a\0\0"),
  "a program": latin1("\x7fELF\x02\x01\x01"),
  WebAssembly: latin1("\0asm\x01\0\0\0"),
  "a JPEG behind one other byte": joined("\n", jpegBytes(size)),
};

/** Pictures that are something else as well, with their type. */
const polyglots: [string, string, () => Uint8Array | Promise<Uint8Array>][] = [
  [
    "a GIF with a ZIP behind it",
    "image/gif",
    () => joined(gifBytes(size), "PK\x03\x04", "PK\x05\x06", new Uint8Array(18)),
  ],
  [
    "a GIF whose comment is a script",
    "image/gif",
    () => gifBytes({ ...size, extensions: [joined("!\xfe", littleEndian(1, script.length), script, "\0")] }),
  ],
  [
    "a JPEG with HTML in a comment",
    "image/jpeg",
    () => jpegBytes({ ...size, extra: jpegSegment(0xfe, script) }),
  ],
  ["a JPEG with HTML behind it", "image/jpeg", () => joined(jpegBytes(size), script)],
  [
    "a PNG with HTML in a text",
    "image/png",
    async () => pngBytes({ ...size, chunksBefore: [pngChunk("tEXt", "Comment\0", script)] }),
  ],
  ["a bitmap that goes on as a script", "image/bmp", () => joined(bmpBytes(size), "*/=1;alert(1)//")],
];

/** What a browser is told, so that it runs nothing, whatever the bytes are. */
function expectHarmless(response: Response, contentType: string): void {
  expect(response.headers.get("Content-Type")).toBe(contentType);
  expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(response.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none';.* sandbox$/);
}

async function process(id: string): Promise<void> {
  const circumstances = { session: "primary", traceId: "0".repeat(32), logContext: {} } as const;
  const services = createServices(limitedEnv(env), circumstances);
  const media = await findMedia(services.db, id);
  if (media !== null) await processMedia(services, media);
}

describe("an upload of what is no picture", () => {
  it.each(Object.entries(noPictures))("is refused by its bytes: %s", async (_what, bytes) => {
    expect(await refusalOf(await upload({ key: "a.jpg", bytes, type: "image/jpeg" }))).toBe(
      "415 unsupported_media_type",
    );
    const file = new Blob([bytes.slice()], { type: "image/jpeg" });
    expect(await refusalOf(await uploadForm({ file, object_key: "a.jpg" }))).toBe(
      "415 unsupported_media_type",
    );
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });
});

describe("an upload of a picture that is something else as well", () => {
  it.each(polyglots)("is served as the picture and nothing else: %s", async (_what, contentType, make) => {
    const bytes = await make();
    const { id, content_type: stored } = await mediaOf(await upload({ key: "page.html", bytes }));
    expect(stored).toBe(contentType);
    await process(id);
    const response = await api(`/v1/media/${id}/data`);
    expectHarmless(response, contentType);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });
});

describe("an object that a listing brought in under a picture's name", () => {
  const page = latin1(`<!DOCTYPE html>${script}`);

  it("is served as the picture that it is called, and not sniffed, until it was looked at", async () => {
    const { id } = await insertStored(page, { state: "pending", contentType: "image/jpeg" });
    expectHarmless(await api(`/v1/media/${id}/data`), "image/jpeg");
  });

  it("is bytes to be saved from then on, and has no thumbnail", async () => {
    const { id } = await insertStored(page, { state: "pending", contentType: "image/jpeg", change: 1 });
    await process(id);
    expect(await storedMedia(id)).toMatchObject({ state: "unsupported", error_code: "not_an_image" });
    const response = await api(`/v1/media/${id}/data`);
    expectHarmless(response, "application/octet-stream");
    expect(response.headers.get("Content-Disposition")).toMatch(/^attachment; /);
    const thumbnail = await api(`/v1/media/${id}/thumbnail`);
    expect(await refusalOf(thumbnail)).toBe("404 thumbnail_unavailable");
  });

  it.each([
    'a/"; filename="evil.html',
    "a/line\r\nX-Injected: yes",
    "a/\u202Egpj.exe",
    "a/été 北京 😀.jpg",
    "a/\u0000.jpg",
    `a/${"x".repeat(1000)}`,
  ])("under a name that would add to the header is named by one line of ASCII: %j", async (objectKey) => {
    const { id } = await insertStored(jpegBytes(size), { objectKey, pathKey: objectKey });
    const { headers } = await api(`/v1/media/${id}/data`);
    const disposition = headers.get("Content-Disposition") ?? "";
    expect(disposition).toMatch(/^inline; filename="[^"\\%]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/);
    expect(disposition).toMatch(/^[ -~]+$/);
    expect(headers.get("X-Injected")).toBeNull();
    const name = decodeURIComponent(disposition.slice(disposition.indexOf("''") + 2));
    expect(name).toBe(objectKey.slice(objectKey.lastIndexOf("/") + 1));
  });
});

describe("an upload of a picture that says more than it is", () => {
  it.each([
    ["GIF whose screen is 65,535 × 65,535", "unsupported"],
    ["JPEG of 0 × 8", "failed"],
    ["PNG of 190 megapixels and one row", "failed"],
    ["bitmap of 14,000 × 14,000", "failed"],
    ["lossless WebP of 16,384 × 12,000", "unsupported"],
    ["HEIC whose box goes on to 2⁶⁴ − 1", "failed"],
  ])("is stored, served, and ends with a reason: %s", async (name, state) => {
    const bytes = (await boastful[name]?.()) ?? new Uint8Array(0);
    const { id } = await mediaOf(await upload({ key: "a", bytes }));
    await process(id);
    const { state: ended, error } = await mediaOf(await api(`/v1/media/${id}`));
    expect(ended).toBe(state);
    expect(error?.code).toMatch(/^[a-z_]+$/);
    expect(await storedBytes("a")).toEqual(bytes);
    expect((await api(`/v1/media/${id}/data`)).status).toBe(200);
  });
});
