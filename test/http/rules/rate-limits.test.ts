import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { clientNetwork } from "../../../src/http/headers/client-network.ts";
import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { apiWith, type ApiRequest } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { altered, linksOf, pathOf, thumbnailLink } from "../../support/http/links.ts";
import { exhausted, failing, noted } from "../../support/limits.ts";
import { insertMedia, insertStored } from "../../support/records/media.ts";
import { anId } from "../../support/http/routes.ts";

const limited = "429 rate_limited";
const used = exhausted(env.TEST_LIMIT);
const fromHome: ApiRequest = { as: null, headers: { "CF-Connecting-IP": "192.0.2.7" } };

/** Sends a request and tells what was counted, and how it was answered. */
async function counted(path: string, request: ApiRequest = {}): Promise<readonly [number, ...string[]]> {
  const notes: string[] = [];
  const names = ["READ_LIMIT", "WRITE_LIMIT", "AUTH_LIMIT"] as const;
  const bindings = Object.fromEntries(names.map((name) => [name, noted(env[name], notes, name)]));
  const { status } = await apiWith(bindings, path, request);
  return [status, ...notes];
}

async function insertLinked(): Promise<{ id: string; path: string }> {
  const { id } = await insertStored(await testImage({ width: 30, height: 20 }));
  return { id, path: pathOf((await linksOf(id)).data_url) };
}

describe("a request", () => {
  it.each<[string, ApiRequest, string]>([
    ["a read", {}, "READ_LIMIT key:admin"],
    ["a HEAD", { method: "HEAD", as: "read" }, "READ_LIMIT key:reader"],
    ["a write", { method: "POST", as: "write", body: "" }, "WRITE_LIMIT key:writer"],
    ["a write that the key does not allow", { method: "POST", as: "read" }, "WRITE_LIMIT key:reader"],
    ["a request without a key", fromHome, "READ_LIMIT address:192.0.2.7"],
    ["a write without a key", { ...fromHome, method: "POST" }, "READ_LIMIT address:192.0.2.7"],
  ])("counts once, by its key or its address: %s", async (_what, request, note) => {
    const [, ...notes] = await counted("/v1/media", request);
    expect(notes).toEqual([note]);
  });

  it("that makes links counts as a read, since it writes nothing", async () => {
    const { id } = await insertMedia();
    const made = await counted(`/v1/media/${id}/links`, { method: "POST", as: "read" });
    expect(made).toEqual([200, "READ_LIMIT key:reader"]);
    const put = await counted(`/v1/media/${id}/links`, { method: "PUT", as: "read" });
    expect(put).toEqual([405, "WRITE_LIMIT key:reader"]);
  });

  it("that counts the keywords of a selection counts as a read, too", async () => {
    const json = { filter: { keyword: "a" } };
    const counting = await counted("/v1/media/keywords", { method: "POST", as: "read", json });
    expect(counting).toEqual([200, "READ_LIMIT key:reader"]);
  });

  it.each([
    "/favicon.ico",
    "/health",
    "/docs",
    "/docs/",
    "/docs/errors",
    "/openapi.json",
    "/nowhere",
    "/v1x",
  ])("without a key counts by its address: %s", async (path) => {
    const [, ...notes] = await counted(path, fromHome);
    expect(notes).toEqual(["READ_LIMIT address:192.0.2.7"]);
  });

  it("by a signed link counts by its address", async () => {
    const { path } = await insertLinked();
    expect(await counted(path, fromHome)).toEqual([200, "READ_LIMIT address:192.0.2.7"]);
  });

  it("by an altered link counts as a failure", async () => {
    const { path } = await insertLinked();
    expect(await counted(`${path}&x=1`, fromHome)).toEqual([403, "AUTH_LIMIT address:192.0.2.7"]);
  });

  it("by a link whose expiry was moved, even to the past, counts as a failure", async () => {
    const { id } = await insertLinked();
    const past = altered(await thumbnailLink(id), { expires: "1" });
    expect(await counted(pathOf(past), fromHome)).toEqual([403, "AUTH_LIMIT address:192.0.2.7"]);
  });

  it("by a link that has expired is a read, not a failure", async () => {
    const { id } = await insertLinked();
    const { data_url: link, expires_at: at } = await linksOf(id);
    vi.useFakeTimers({ now: Date.parse(at), toFake: ["Date"] });
    const seen = await counted(pathOf(link), fromHome);
    vi.useRealTimers();
    expect(seen).toEqual([403, "READ_LIMIT address:192.0.2.7"]);
  });

  it("of two keys with one name counts as one", async () => {
    const [first, second] = ["a".repeat(32), "b".repeat(32)];
    const notes: string[] = [];
    const bindings = {
      API_KEYS: `app:read:${first},app:read:${second}`,
      READ_LIMIT: noted(env.READ_LIMIT, notes, "READ_LIMIT"),
    };
    for (const key of [first, second]) {
      const response = await apiWith(bindings, "/v1/media", { headers: { "X-API-Key": key } });
      expect(response.status).toBe(200);
    }
    expect(notes).toEqual(["READ_LIMIT key:app", "READ_LIMIT key:app"]);
  });
});

describe("over the limit", () => {
  it.each<[string, Partial<Env>, string, ApiRequest]>([
    ["of reads", { READ_LIMIT: used }, "/v1/media", {}],
    ["of reads, a HEAD", { READ_LIMIT: used }, "/v1/media", { method: "HEAD" }],
    ["of writes", { WRITE_LIMIT: used }, `/v1/media/${anId}`, { method: "DELETE" }],
    ["of an address", { READ_LIMIT: used }, "/health", fromHome],
    ["of an address, without a key", { READ_LIMIT: used }, "/v1/media", fromHome],
    ["of failures, with a wrong key", { AUTH_LIMIT: used }, "/v1/media", { headers: { "X-API-Key": "x" } }],
    ["of failures, with a wrong link", { AUTH_LIMIT: used }, "/v1/media?signature=x", fromHome],
  ])("%s the answer is 429 with Retry-After", async (_what, bindings, path, request) => {
    const response = await apiWith(bindings, path, request);
    expect(response.status).toBe(429);
    expect(response.headers.get("Retry-After")).toBe("60");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.get("X-Request-Id")).not.toBeNull();
  });

  it("says what there was too much of", async () => {
    const details = [];
    const wrong = { "X-API-Key": "x" };
    for (const [bindings, request] of [
      [{ READ_LIMIT: used }, {}],
      [{ WRITE_LIMIT: used }, { method: "POST" }],
      [{ READ_LIMIT: used }, { as: null }],
      [{ AUTH_LIMIT: used }, { headers: wrong }],
    ] as const) {
      details.push((await problemOf(await apiWith(bindings, "/v1/media", request))).detail);
    }
    expect(details).toEqual([
      "This key has sent too many reads. Try again later.",
      "This key has sent too many writes. Try again later.",
      "This address has sent too many requests. Try again later.",
      "This address has sent too many invalid keys, links or sessions. Try again later.",
    ]);
  });

  it("of reads one can still write, and of writes still read", async () => {
    const { id } = await insertMedia();
    const json = { object_metadata: { description: "x" } };
    const path = `/v1/media/${id}`;
    expect((await apiWith({ READ_LIMIT: used }, path, { method: "PATCH", json })).status).toBe(200);
    expect((await apiWith({ WRITE_LIMIT: used }, path)).status).toBe(200);
    expect(await refusalOf(await apiWith({ WRITE_LIMIT: used }, path, { method: "PATCH", json }))).toBe(
      limited,
    );
  });

  it("of failures a valid key and a valid link from the same address are still heard", async () => {
    const { path } = await insertLinked();
    const bindings = { AUTH_LIMIT: used };
    const { headers = {} } = fromHome;
    expect((await apiWith(bindings, "/v1/media", { as: "read", headers })).status).toBe(200);
    expect((await apiWith(bindings, path, fromHome)).status).toBe(200);
  });

  it("of reads a signed link is refused, too", async () => {
    const { path } = await insertLinked();
    expect(await refusalOf(await apiWith({ READ_LIMIT: used }, path, fromHome))).toBe(limited);
  });

  it("nothing is done", async () => {
    const { id } = await insertMedia();
    const request = { method: "DELETE" };
    expect(await refusalOf(await apiWith({ WRITE_LIMIT: used }, `/v1/media/${id}`, request))).toBe(limited);
    expect((await apiWith({}, `/v1/media/${id}`)).status).toBe(200);
  });
});

describe("a limit of two", () => {
  it.each(["/health", "/v1/media"])("lets no more than that through in a period: %s", async (path) => {
    const API_KEYS = `two${path.length}:read:${"k".repeat(32)}`;
    const bindings = { READ_LIMIT: env.TEST_LIMIT, API_KEYS };
    const headers = { "X-API-Key": "k".repeat(32), "CF-Connecting-IP": `198.51.100.${path.length}` };
    const statuses: number[] = [];
    // One period may end on the way, and only one.
    for (let count = 0; count < 5; count += 1)
      statuses.push((await apiWith(bindings, path, { headers })).status);
    expect(statuses.slice(0, 2)).not.toContain(429);
    expect(statuses.slice(2)).toContain(429);
  });

  it("is another for another key", async () => {
    const [first, second] = ["a".repeat(32), "b".repeat(32)];
    const bindings = { READ_LIMIT: env.TEST_LIMIT, API_KEYS: `one:read:${first},other:read:${second}` };
    const get = async (key: string) => apiWith(bindings, "/v1/media", { headers: { "X-API-Key": key } });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await get(first)).status);
    expect(statuses).toContain(429);
    expect((await get(second)).status).toBe(200);
  });
});

describe("a limit that is lacking", () => {
  it("or fails lets everything through, and the log says so", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const bindings = { READ_LIMIT: failing(env.READ_LIMIT), AUTH_LIMIT: failing(env.AUTH_LIMIT) };
    expect((await apiWith(bindings, "/v1/media")).status).toBe(200);
    expect(warn.mock.calls.join()).toMatch(/^WARN {2}limit.failed limit=READ_LIMIT/);
    const response = await apiWith(bindings, "/v1/media", { headers: { "X-API-Key": "x" } });
    expect(await refusalOf(response)).toBe("401 invalid_api_key");
  });

  it.each([undefined, "60", 7, {}])("because %j is bound lets everything through", async (bound) => {
    const bindings: Partial<Env> = {};
    for (const name of ["READ_LIMIT", "WRITE_LIMIT", "AUTH_LIMIT"]) Reflect.set(bindings, name, bound);
    expect((await apiWith(bindings, "/v1/media")).status).toBe(200);
    expect((await apiWith(bindings, "/v1/media", { method: "POST", body: "" })).status).toBe(422);
    expect((await apiWith(bindings, "/v1/media", { as: null })).status).toBe(401);
  });
});

describe("the network of an address", () => {
  it.each([
    [undefined, "unknown"],
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:0001:02:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["::1", "0:0:0:0::/64"],
    ["1::2:3:4:5:6:7:8", "1:2:3:4::/64"],
  ])("%s is %s", (address, network) => {
    expect(clientNetwork(address)).toBe(network);
  });
});
