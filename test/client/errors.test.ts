import { afterEach, expect, test, vi } from "vitest";

import { tagline } from "../../packages/client/src/index.ts";
import { Deadline } from "../../packages/client/src/http/deadline.ts";
import { systemClock } from "../../packages/client/src/http/retry.ts";
import { address, clientOf, errorOf, problem, replying } from "../support/client/service.ts";
import { keys } from "../support/keys.ts";
import "../support/setup.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const about = "/v1/about";
const nobody = "00000000-0000-4000-8000-000000000000";

test("a refusal is thrown with what the problem document says", async () => {
  const call = clientOf().api.GET("/v1/media", { params: { query: { limit: 0 } } });
  const error = await errorOf(call);
  expect(error).toMatchObject({
    code: "validation_error",
    status: 422,
    errors: [{ path: "limit" }],
    retryAfter: null,
  });
  expect(error.detail).not.toBe("");
  expect(error.requestId).toMatch(/^[\w-]+$/);
  expect(error.message).toBe(`${error.detail} (422 validation_error)`);
});

test("a key that the service does not know is refused with a code", async () => {
  expect((await errorOf(clientOf({ key: "other" }).api.GET(about))).code).toBe("invalid_api_key");
});

test("what is not there is thrown as such", async () => {
  const call = clientOf().api.GET("/v1/media/{id}", { params: { path: { id: nobody } } });
  expect(await errorOf(call)).toMatchObject({ code: "resource_not_found", status: 404 });
});

test("the page of a proxy is an unexpected answer, which names its type", async () => {
  const { fetch } = replying(
    new Response("<h1>Bad gateway</h1>", { status: 403, headers: { "content-type": "text/html" } }),
  );
  const error = await errorOf(clientOf({ fetch }).api.GET(about));
  expect(error).toMatchObject({ code: "unexpected_answer", status: 403 });
  expect(error.detail).toContain("text/html");
});

test("a code that this version does not know is an unexpected answer, and is told", async () => {
  const { fetch } = replying(problem(409, "brand_new"));
  const error = await errorOf(clientOf({ fetch }).api.GET(about));
  expect(error).toMatchObject({
    code: "unexpected_answer",
    status: 409,
    detail: "brand_new: Why.",
    requestId: "r-1",
  });
});

test("a success that is no JSON of Tagline is an unexpected answer", async () => {
  const { fetch } = replying(new Response("<p>Welcome</p>", { headers: { "content-type": "text/html" } }));
  const error = await errorOf(clientOf({ fetch }).waitUntilReady(nobody));
  expect(error).toMatchObject({ code: "unexpected_answer", status: 200 });
});

test.each(["text/html", "application/json"])(
  "a success of %s that is read as JSON and is none is an unexpected answer of every operation",
  async (type) => {
    const page = () => new Response("<p>Welcome</p>", { headers: { "content-type": type } });
    const { fetch } = replying(page(), page());
    const error = await errorOf(clientOf({ fetch }).api.GET(about));
    expect(error).toMatchObject({ code: "unexpected_answer", status: 200 });
    expect(error.detail).toContain(type);
    expect((await clientOf({ fetch }).api.GET(about, { parseAs: "text" })).data).toBe("<p>Welcome</p>");
  },
);

test("a page that never ends is not waited for", async () => {
  const page = () => new Response(new ReadableStream(), { headers: { "content-type": "text/html" } });
  const archive = clientOf({ fetch: replying(page(), page()).fetch });
  expect((await errorOf(archive.api.GET(about))).code).toBe("unexpected_answer");
  expect((await errorOf(archive.waitUntilReady(nobody))).code).toBe("unexpected_answer");
});

test("a success without a body has no data", async () => {
  const { fetch } = replying(new Response(new Uint8Array(0), { status: 202 }));
  const body = { jsonrpc: "2.0", method: "notifications/initialized" } as const;
  expect((await clientOf({ fetch }).api.POST("/mcp", { body })).data).toBeUndefined();
});

test("no connection is told with what the runtime says", async () => {
  const cause = new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
  const { fetch } = replying(cause);
  const error = await errorOf(clientOf({ fetch, retry: { attempts: 1 } }).api.GET(about));
  expect(error).toMatchObject({ code: "unreachable", status: null, requestId: null, cause });
  expect(error.detail).toContain("connect ECONNREFUSED");
});

/** Answers never. */
const silent = (): Promise<Response> => new Promise(() => {});

test("a service that is silent for too long is given up", async () => {
  const { fetch } = replying(silent);
  const client = clientOf({ fetch, timeoutMs: 1, retry: { attempts: 1 } });
  expect(await errorOf(client.api.GET(about))).toMatchObject({ code: "timed_out", status: null });
});

test("an answer of JSON that stops in its middle is given up as well", async () => {
  const body = new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode('{"a":')) });
  const half = new Response(body, { headers: { "content-type": "application/json" } });
  const client = clientOf({ fetch: replying(half).fetch, timeoutMs: 5, retry: { attempts: 1 } });
  expect((await errorOf(client.api.GET(about))).code).toBe("timed_out");
});

test("an answer of JSON may take longer than a silence, as long as it comes", async () => {
  const pieces = ["{", '"a"', ":", "1", "}", " "].map((piece) => new TextEncoder().encode(piece));
  const pull = async (to: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const piece = pieces.shift();
    if (piece === undefined) return to.close();
    await vi.advanceTimersByTimeAsync(900);
    to.enqueue(piece);
  };
  const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  const slow = new Response(body, { headers: { "content-type": "application/json" } });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const client = clientOf({ fetch: replying(slow).fetch, timeoutMs: 1_000, retry: { attempts: 1 } });
  const { response } = await client.api.GET(about);
  expect(response.status).toBe(200);
});

test("a silence that is longer than a timer can be does not end at once", async () => {
  const waits = vi.spyOn(globalThis, "setTimeout");
  const { response } = await clientOf({ timeoutMs: 2 ** 31 }).api.GET(about);
  expect(response.status).toBe(200);
  expect(waits.mock.calls.filter(([, ms = 0]) => ms >= 2 ** 31)).toEqual([]);
});

test("a pause that is longer than a timer can be is not over at once", async () => {
  const waits = vi.spyOn(globalThis, "setTimeout");
  const stop = new AbortController();
  const pause = systemClock.sleep(2 ** 31, stop.signal);
  stop.abort(new Error("enough"));
  await expect(pause).rejects.toThrow("enough");
  expect(waits.mock.calls.map(([, ms]) => ms)).toEqual([2 ** 31 - 1]);
});

test("a call that has ended keeps no timer, whatever still moves", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const deadline = new Deadline([], 1_000);
  deadline.close();
  deadline.touch();
  expect(vi.getTimerCount()).toBe(0);
});

test("a call that has ended listens to no signal", async () => {
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
  const { fetch } = replying(Response.json({}), new Response(null, { status: 204 }));
  const archive = clientOf({ fetch, signal });
  await archive.api.GET(about);
  await archive.api.DELETE("/v1/media/{id}", { params: { path: { id: nobody } } });
  expect(added.mock.calls.length).toBeGreaterThan(0);
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});

test.each(["the caller's", "the client's"])("a call ends with the reason of %s signal", async (whose) => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const { fetch } = replying(() => {
    stop.abort(reason);
    return silent();
  });
  const client = clientOf(whose === "the client's" ? { fetch, signal: stop.signal } : { fetch });
  const call = client.api.GET(about, whose === "the client's" ? {} : { signal: stop.signal });
  await expect(call).rejects.toBe(reason);
});

test.each([301, 302, 303, 307, 308])(
  "a redirect with %d is not followed, so that the key stays",
  async (status) => {
    const location = "https://elsewhere.example/v1/about";
    const { fetch, sent } = replying(new Response(null, { status, headers: { location } }));
    const error = await errorOf(clientOf({ fetch }).api.GET(about));
    expect(error).toMatchObject({ code: "redirected", status });
    expect(error.detail).toContain(location);
    expect(sent.map(({ url }) => url)).toEqual([`${address}${about}`]);
  },
);

test("a redirect that a browser hides is told too", async () => {
  const hidden = Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
  const { fetch } = replying(hidden);
  expect((await errorOf(clientOf({ fetch }).api.GET(about))).code).toBe("redirected");
});

test("requests go without following redirects", async () => {
  const modes: unknown[] = [];
  const { fetch } = replying((_url, { redirect }) => {
    modes.push(redirect);
    return Promise.resolve(Response.json({}));
  });
  await clientOf({ fetch }).api.GET(about);
  expect(modes).toEqual(["manual"]);
});

test("the key goes in a header and never into an address", async () => {
  const { fetch, sent } = replying();
  await clientOf({ fetch }).api.GET("/v1/media", {
    params: { query: { prefix: "a b/", keyword: ["x", "y&z"] } },
  });
  expect(sent.map(({ url }) => url)).toEqual([`${address}/v1/media?prefix=a%20b%2F&keyword=x&keyword=y%26z`]);
  expect(sent[0]?.headers.get("x-api-key")).toBe(keys.admin);
});

test.each([
  ["https://example.org/photos/", "https://example.org/photos/v1/about"],
  ["https://example.org/photos", "https://example.org/photos/v1/about"],
  ["https://example.org//?a=1#b", "https://example.org/v1/about"],
  ["http://localhost:8787", "http://localhost:8787/v1/about"],
])("the service at %s is asked at %s", async (url, asked) => {
  const { fetch, sent } = replying(Response.json({}));
  await clientOf({ url, fetch }).api.GET(about);
  expect(sent.map((each) => each.url)).toEqual([asked]);
});

test.each([
  ["ftp://example.org", "k", /https: or http:/],
  ["https://ann:secret@example.org", "k", /no user name/],
  ["not an address", "k", /./],
  ["https://example.org", "", /at least one/],
  ["https://example.org", "key\n", /visible ASCII/],
])("the url %j with the key %j is refused before anything is sent", (url, key, why) => {
  expect(() => tagline({ url, key })).toThrow(why);
});

test("an answer that has not changed is thrown as such, since there is no data", async () => {
  const { fetch } = replying(new Response(null, { status: 304 }));
  const call = clientOf({ fetch }).api.GET("/v1/media/{id}", {
    params: { path: { id: nobody } },
    headers: { "if-none-match": '"0-0"' },
  });
  expect(await errorOf(call)).toMatchObject({ code: "not_modified", status: 304 });
});
