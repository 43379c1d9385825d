import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { jpegBytes, latin1 } from "../../support/images/index.ts";
import { recordCount, smallJpeg, storedBytes, storedKeys, upload } from "../../support/http/uploads.ts";

/** A body that sends `pieces`, then the last of them again and again, and counts how often it is asked. */
function endlessBody(...pieces: Uint8Array[]): {
  body: ReadableStream<Uint8Array>;
  asked: () => number;
} {
  let asked = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        controller.enqueue(pieces[Math.min(asked, pieces.length - 1)] ?? new Uint8Array(1));
        asked += 1;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asked: () => asked };
}

/** The bytes in pieces of one, each in a turn of its own. */
function tricklingBody(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: async (controller) => {
      await Promise.resolve();
      if (at === bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += 1)));
    },
  });
}

async function expectNothingStored(): Promise<void> {
  expect(await storedKeys()).toEqual([]);
  expect(await recordCount()).toBe(0);
}

describe("a body that comes byte by byte", () => {
  it("is stored whole", async () => {
    const bytes = smallJpeg();
    const response = await upload({
      key: "a.jpg",
      bytes: tricklingBody(bytes),
      length: bytes.length,
      bindings: {},
    });
    await mediaOf(response);
    expect(response.status).toBe(201);
    expect(await storedBytes("a.jpg")).toEqual(bytes);
  });
});

describe("a body without end", () => {
  it("is left when it is longer than it says, and nothing is stored", async () => {
    const { body, asked } = endlessBody(jpegBytes({ width: 16, height: 8 }), new Uint8Array(1000));
    const response = await upload({ key: "a.jpg", bytes: body, length: 5000, bindings: {} });
    expect(await refusalOf(response)).toBe("422 validation_error body");
    expect(asked()).toBeLessThan(20);
    await expectNothingStored();
  });

  it("that is no picture is left after its first bytes", async () => {
    const { body, asked } = endlessBody(latin1("<html>"), new Uint8Array(64));
    const response = await upload({ key: "a.jpg", bytes: body, length: 100_000_000, bindings: {} });
    expect(await refusalOf(response)).toBe("415 unsupported_media_type");
    expect(asked()).toBeLessThan(20);
    await expectNothingStored();
  });

  it("is not read at all where no length is stated", async () => {
    const { body, asked } = endlessBody(smallJpeg());
    const response = await upload({ key: "a.jpg", bytes: body, bindings: {} });
    expect(await refusalOf(response)).toBe("411 length_required");
    expect(asked()).toBe(0);
    await expectNothingStored();
  });

  it.each([
    ["as a form", "multipart/form-data; boundary=x"],
    ["as a form without a boundary", "multipart/form-data"],
  ])("%s is left at the form's limit", async (_how, type) => {
    const { body, asked } = endlessBody(new Uint8Array(1024 * 1024));
    const response = await upload({ key: "", bytes: body, type, bindings: {} });
    expect([413, 422]).toContain(response.status);
    expect(asked()).toBeLessThan(20);
    await expectNothingStored();
  });
});

describe("a body that ends too early", () => {
  it.each([0, 1, 3, 40])("after %d bytes leaves nothing behind", async (sent) => {
    const bytes = smallJpeg().slice(0, sent);
    const response = await upload({
      key: "a.jpg",
      bytes: new Blob([bytes]).stream(),
      length: 5000,
      bindings: {},
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    await expectNothingStored();
  });
});

describe("a length that is none", () => {
  it.each(["-1", "1e3", "0x10", "+5", "5, 5", "", " "])("is refused: %j", async (length) => {
    const headers = { "Content-Length": length };
    const response = await upload({
      key: "a.jpg",
      bytes: new Blob([smallJpeg()]).stream(),
      headers,
      bindings: {},
    });
    expect([411, 422]).toContain(response.status);
    await expectNothingStored();
  });
});
