import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { DropboxClient, headerJson } from "../../../src/storage/dropbox/client.ts";
import type { Fault } from "../../support/dropbox/faults.ts";
import { connect, standInUrls, testSurroundings } from "../../support/dropbox/network.ts";

afterEach(() => void vi.restoreAllMocks());

const route = "files/get_metadata";
const named = z.object({ name: z.string() });

/** A connection with a file, and a call that tells its name. */
function withFile(options: Parameters<typeof connect>[0] = {}) {
  const connection = connect(options);
  connection.standIn.tree.put("/a.jpg", "bytes");
  const ask = async () => connection.client.rpc(route, { path: "/a.jpg" }, named);
  return { ...connection, ask };
}

const told = { kind: "answered", value: { name: "a.jpg" } };
const rateLimited = (retryAfter: number, as: "json" | "text"): Fault => ({
  kind: "rate_limited",
  retryAfter,
  as,
});

describe("access tokens", () => {
  it("are asked for once and used while they are good", async () => {
    const { standIn, ask } = withFile();
    await ask();
    expect(await ask()).toEqual(told);
    expect(standIn.callsOf("oauth2/token")).toBe(1);
  });

  it("are shared by clients with the same credentials", async () => {
    const { standIn, ask, network } = withFile();
    await ask();
    const { appKey, appSecret, refreshToken } = standIn.authority.registration;
    const access = { ...standInUrls, credentials: { appKey, appSecret, refreshToken }, pathRoot: null };
    expect(await new DropboxClient(access, network).rpc(route, { path: "/a.jpg" }, named)).toEqual(told);
    expect(standIn.callsOf("oauth2/token")).toBe(1);
  });

  it("are renewed five minutes before they end, and not before", async () => {
    let now = Date.parse("2030-01-01T00:00:00Z");
    const { standIn, ask } = withFile({ now: () => now });
    await ask();
    now += (14_400 - 301) * 1000;
    await ask();
    expect(standIn.callsOf("oauth2/token")).toBe(1);
    now += 2000;
    await ask();
    expect(standIn.callsOf("oauth2/token")).toBe(2);
  });

  it("that end before their time are renewed once, and the call is made again", async () => {
    const { standIn, ask } = withFile();
    await ask();
    standIn.authority.expireTokens();
    expect(await ask()).toEqual(told);
    expect(standIn.callsOf("oauth2/token")).toBe(2);
  });

  it("that end again at once are not renewed for ever", async () => {
    const { standIn, ask } = withFile();
    for (let n = 0; n < 9; n++) standIn.faults.plan({ kind: "expired" }, route);
    await expect(ask()).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(standIn.callsOf(route)).toBe(2);
  });

  it("are not to be had with credentials that are not valid, which the log says without telling them", async () => {
    const { standIn, ask } = withFile();
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { refreshToken } = standIn.authority.registration;
    standIn.authority.revoke();
    const detail = "Dropbox does not accept the credentials of this storage provider.";
    await expect(ask()).rejects.toMatchObject({ code: "storage_unavailable", detail });
    expect(lines.mock.calls.join()).toMatch(/dropbox.credentials_refused .*invalid_grant.*dropbox:connect/);
    expect(lines.mock.calls.join()).not.toMatch(new RegExp(`${refreshToken}|app-secret|app-key`));
    expect(standIn.callsOf("oauth2/token")).toBe(1);
  });

  it("that are invalid before their time are renewed once, too", async () => {
    const { standIn, ask } = withFile();
    await ask();
    const { refreshToken } = standIn.authority.registration;
    standIn.authority.revoke();
    standIn.authority.registration.refreshToken = refreshToken;
    expect(await ask()).toEqual(told);
    expect(standIn.callsOf("oauth2/token")).toBe(2);
  });

  it("that Dropbox refuses for another reason are not kept", async () => {
    const { standIn, ask } = withFile();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    standIn.authority.registration.scopes.delete("files.metadata.read");
    for (let n = 1; n <= 2; n++) {
      await expect(ask()).rejects.toMatchObject({ code: "storage_unavailable" });
      expect(standIn.callsOf("oauth2/token")).toBe(n);
    }
  });
});

describe("what may pass", () => {
  it.each<[string, Fault]>([
    ["a lost connection", { kind: "dropped" }],
    ["500", { kind: "error", status: 500 }],
    ["503", { kind: "error", status: 503 }],
    ["429 as JSON", rateLimited(3, "json")],
    ["429 as text", rateLimited(3, "text")],
    ["an answer that breaks off", { kind: "truncated", afterBytes: 5, silently: false }],
    ["an answer that ends too early", { kind: "truncated", afterBytes: 5, silently: true }],
  ])("is asked again after a wait: %s", async (_what, fault) => {
    const { standIn, ask, network } = withFile();
    for (const at of ["oauth2/token", route, route]) standIn.faults.plan(fault, at);
    expect(await ask()).toEqual(told);
    const patience = fault.kind === "rate_limited" ? 3000 : 0;
    expect(network.waits).toEqual([400, 400, 800].map((ms) => ms + patience));
  });

  it("is given up after three attempts", async () => {
    const { standIn, ask } = withFile();
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    for (let n = 0; n < 9; n++) standIn.faults.plan({ kind: "error", status: 503 }, route);
    await expect(ask()).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(standIn.callsOf(route)).toBe(3);
  });

  it.each(["json", "text"] as const)(
    "is left to the queue when Dropbox asks for patience, as %s",
    async (as) => {
      const { standIn, ask, network } = withFile();
      standIn.faults.plan(rateLimited(300, as), route);
      await expect(ask()).rejects.toMatchObject({ code: "storage_rate_limited", retryAfterSeconds: 300 });
      expect(standIn.callsOf(route)).toBe(1);
      expect(network.waits).toEqual([]);
    },
  );

  it.each([
    [{ "Retry-After": "Tue, 01 Jan 2030 00:01:00 GMT" }, "", 60],
    [{}, '{"error":{"reason":{".tag":"too_many_requests"},"retry_after":77}}', 77],
    [{}, '{"error":{"reason":{".tag":"a_later_reason"}}}', 1],
    [{}, "too_many_requests", 1],
  ])("says how long wherever Dropbox says it: %j %s", async (headers, body, seconds) => {
    const { ask, network } = withFile({ now: () => Date.parse("2030-01-01T00:00:00Z") });
    await ask();
    Object.assign(network, { fetch: async () => new Response(body, { status: 429, headers }) });
    await expect(ask()).rejects.toMatchObject({ code: "storage_rate_limited", retryAfterSeconds: seconds });
  });
});

describe("time", () => {
  it.each([
    ["JSON", async (client: DropboxClient) => client.rpc(route, { path: "/a.jpg" }, named)],
    ["bytes", async (client: DropboxClient) => client.download("files/download", { path: "/a.jpg" })],
  ])("is limited while waiting for %s, and used up once only", async (_what, call) => {
    const { standIn, client, ask } = withFile();
    await ask();
    const limits: (number | undefined)[] = [];
    const out = (): AbortSignal => AbortSignal.abort(new DOMException("too long", "TimeoutError"));
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      limits.push(ms);
      return out();
    });
    const before = standIn.callsOf(route) + standIn.callsOf("files/download");
    standIn.faults.plan({ kind: "slow", until: new Promise(() => undefined) });
    await expect(call(client)).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(limits).toHaveLength(1);
    expect(standIn.callsOf(route) + standIn.callsOf("files/download") - before).toBeLessThanOrEqual(1);
  });
});

describe("what asking again does not change", () => {
  it("is told by its tags where the route refuses", async () => {
    const { client } = connect();
    const absent = client.rpc(route, { path: "/a.jpg" }, named);
    expect(await absent).toEqual({ kind: "refused", reason: "path/not_found" });
  });

  it("is told to the operator where a scope is missing", async () => {
    const { standIn, ask } = withFile();
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    standIn.authority.registration.scopes.delete("files.content.read");
    expect(await ask()).toEqual(told);
    standIn.authority.registration.scopes.delete("files.metadata.read");
    await expect(ask()).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(lines.mock.calls.join()).toMatch(/missing_scope.*files\.metadata\.read and files\.content\.read/);
  });

  it("is told with the id that Dropbox gave the request", async () => {
    const { standIn, client } = connect();
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const malformed = client.rpc("files/list_folder", { path: "no slash" }, named);
    expect(await malformed).toEqual({ kind: "refused", reason: "bad_request" });
    expect(lines.mock.calls.join()).toContain("request_id=request-2");
    expect(standIn.callsOf("files/list_folder")).toBe(1);
  });

  it.each([403, 422, 302, 404])("is a failure: status %i", async (status) => {
    const { ask, network } = withFile();
    await ask();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    Object.assign(network, { fetch: async () => new Response("no", { status }) });
    await expect(ask()).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("is a failure: an answer that does not fit the specification", async () => {
    const { client, standIn } = withFile();
    const asking = client.rpc(route, { path: "/a.jpg" }, z.object({ nothing: z.string() }));
    await expect(asking).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(standIn.callsOf(route)).toBe(1);
  });

  it("never reaches the network without an answer", async () => {
    const credentials = { appKey: "k", appSecret: "s", refreshToken: "alone" };
    const client = new DropboxClient({ ...standInUrls, credentials, pathRoot: null }, testSurroundings());
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await expect(client.rpc(route, {}, named)).rejects.toMatchObject({ code: "storage_unavailable" });
  });
});

describe("JSON in a header field", () => {
  it("is ASCII: everything from U+007F up is escaped, a unit at a time", () => {
    expect(headerJson({ path: "/é~\u007f😀\n" })).toBe(String.raw`{"path":"/\u00e9~\u007f\ud83d\ude00\n"}`);
  });
});
