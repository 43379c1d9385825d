import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";

import { expect, onTestFinished, test } from "vitest";

import { createNodeFetch } from "../../../scripts/import/node-fetch.ts";

/** The address of a server that answers so. */
async function serverWith(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/` : "";
}

const fetch = createNodeFetch(1);

test("a request without more is a GET without a body", async () => {
  const url = await serverWith((request, response) => {
    response.setHeader("set-cookie", ["a=1", "b=2"]).end(`${request.method} ${request.url}`);
  });
  const response = await fetch(url, {});
  expect(await response.text()).toBe("GET /");
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test("an answer that has no body by its status has none", async () => {
  const url = await serverWith((_, response) => void response.writeHead(204).end());
  const response = await fetch(url, { method: "DELETE" });
  expect([response.status, response.body]).toEqual([204, null]);
});

test.each([
  ["bytes", () => new Uint8Array([1, 2, 3])],
  ["a buffer", () => new Uint8Array([1, 2, 3]).buffer],
  ["a stream", () => new Blob([new Uint8Array([1, 2, 3])]).stream()],
])("a body of %s arrives as it is", async (_, body) => {
  const url = await serverWith((request, response) => {
    void buffer(request).then((bytes) => response.end(bytes.toString("hex")));
  });
  const response = await fetch(url, { method: "POST", body: body() });
  expect(await response.text()).toBe("010203");
});

test("a body of another kind is refused", async () => {
  const url = await serverWith((_, response) => void response.end());
  await expect(fetch(url, { method: "POST", body: new URLSearchParams("a=1") })).rejects.toThrow(
    "A body of this kind is not sent here.",
  );
});

test("a body that breaks off is the failure of its request", async () => {
  const url = await serverWith((request) => void request.resume());
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("the disk is gone")) });
  await expect(fetch(url, { method: "POST", body })).rejects.toThrow("the disk is gone");
});

test("a request that is stopped fails with an AbortError", async () => {
  const stop = new AbortController();
  const url = await serverWith(() => stop.abort());
  await expect(fetch(url, { signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" });
});
