import "../../support/setup.ts";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";
import { smallJpeg, storedKeys } from "../../support/http/uploads.ts";

const kibibyte = 1024;

/** A form of some size, with its length told as every client of the network does. */
async function form(fileBytes: number): Promise<Response> {
  const fields = new FormData();
  fields.append("file", new Blob([smallJpeg(), new Uint8Array(fileBytes)]), "a.jpg");
  fields.append("object_key", "a.jpg");
  const whole = new Response(fields);
  const type = whole.headers.get("Content-Type") ?? "";
  const body = await whole.arrayBuffer();
  const headers = { "Content-Type": type, "Content-Length": String(body.byteLength) };
  return api("/v1/media", { method: "POST", as: "write", body, headers });
}

async function patch(description: string, padding: string): Promise<Response> {
  const { id } = await insertMedia();
  const body = JSON.stringify({ object_metadata: { description } }) + padding;
  const headers = { "Content-Type": "application/json", "Content-Length": String(body.length) };
  return api(`/v1/media/${id}`, { method: "PATCH", as: "write", body, headers });
}

describe("while pictures hold the memory", () => {
  let others = isolateMemory.newAccount();
  beforeEach(() => {
    others = isolateMemory.newAccount();
    others.take(isolateMemory.limitBytes - 25 * 1024 * kibibyte);
  });
  afterEach(() => others.close());

  it("a form that is read into memory is busy, and nothing of it is stored", async () => {
    const response = await form(1024 * kibibyte);
    expect(response.headers.get("Retry-After")).toBe("2");
    expect(await refusalOf(response)).toBe("503 busy");
    expect(await storedKeys()).toEqual([]);
    others.close();
    expect((await form(1024 * kibibyte)).status).toBe(201);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("a form without a length counts as the longest", async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode("--x--\r\n"));
        controller.close();
      },
    });
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    const response = await api("/v1/media", { method: "POST", as: "write", body, headers });
    expect(await refusalOf(response)).toBe("503 busy");
  });

  it("a large body of JSON is busy", async () => {
    expect(await refusalOf(await patch("Beach", " ".repeat(900 * kibibyte)))).toBe("503 busy");
    others.close();
    expect((await patch("Beach", " ".repeat(900 * kibibyte))).status).toBe(200);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("a change of a few words is made", async () => {
    expect((await patch("Beach", "")).status).toBe(200);
  });

  it("a body that is too long is refused for that", async () => {
    expect(await refusalOf(await patch("Beach", " ".repeat(1100 * kibibyte)))).toBe("413 payload_too_large");
  });
});
