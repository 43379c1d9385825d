import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { problemOf } from "../../support/http/answers.ts";
import { accessEnv, behindAccess, ownPage, signIn, visit, type Visit } from "../../support/http/people.ts";
import { exhausted, noted } from "../../support/limits.ts";
import { keys } from "../../support/keys.ts";
import { insertMedia } from "../../support/records/media.ts";

afterEach(() => vi.restoreAllMocks());

/** Who may write, and the name by which they are told. */
const writers: readonly [string, string, () => Promise<Visit>][] = [
  ["a session", "writer", async () => ({ cookie: await signIn(keys.write) })],
  [
    "Access",
    "ann@example.org",
    async () => ({ access: behindAccess("Ann@Example.org"), env: accessEnv({ "*": "write" }) }),
  ],
];

const json = { ...ownPage, "Content-Type": "application/json" };

describe.each(writers)("known by %s, as %s, a person", (_way, name, known) => {
  it("is named in the history, and in the list of operations", async () => {
    const { id } = await insertMedia();
    const who = await known();
    const words = JSON.stringify({ object_metadata: { description: "The beach at noon" } });
    const patch = { ...who, method: "PATCH", headers: json, body: words };
    expect((await visit(`/v1/media/${id}`, patch)).status).toBe(200);
    const bulk = {
      ...who,
      method: "POST",
      headers: json,
      body: JSON.stringify({ ids: [id], add_keywords: ["sea"] }),
    };
    expect((await visit("/v1/media/bulk", bulk)).status).toBe(200);
    const entries = z.object({ items: z.array(z.looseObject({ changed_by: z.string().nullable() })) });
    const history = entries.parse(await (await visit(`/v1/media/${id}/history`, who)).json());
    expect(history.items.map((each) => each.changed_by)).toEqual([name, name, null]);
    const operations = entries.parse(await (await visit("/v1/operations", who)).json());
    expect(operations.items.map((each) => each.changed_by)).toEqual([name]);
  });

  it("is named in the log, which has neither the cookie nor a token", async () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    const who = await known();
    info.mockClear();
    await visit("/v1/media", { ...who, headers: { "Cf-Access-Jwt-Assertion": "the.token.itself" } });
    const log = info.mock.calls.join("\n");
    expect(log).toMatch(new RegExp(`request\\.done method=GET path=/v1/media (key|person)="?${name}`));
    expect(log).not.toContain("the.token.itself");
    expect(log).not.toContain(who.cookie ?? "__Host-");
  });

  it("is named in the log also where another site has sent the request", async () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    await visit("/v1/media", { ...(await known()), method: "POST" });
    expect(info.mock.calls.at(-1)?.join()).toMatch(
      new RegExp(`method=POST path=/v1/media (key|person)="?${name}"? status=403`),
    );
  });

  it("uses the tools of agents by the scopes and the name", async () => {
    const { id } = await insertMedia();
    const who = await known();
    const call = async (args: object): Promise<unknown> => {
      const message = {
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name: "tag_photos", arguments: args },
      };
      const response = await visit("/mcp", {
        ...who,
        method: "POST",
        headers: json,
        body: JSON.stringify(message),
      });
      return z.object({ result: z.object({ structuredContent: z.unknown() }) }).parse(await response.json())
        .result.structuredContent;
    };
    const args = { ids: [id], add_keywords: ["sea"] };
    const { token } = z.object({ token: z.string() }).parse(await call(args));
    expect(await call({ ...args, token })).toMatchObject({ status: "applied" });
    const operations = z.object({ items: z.array(z.looseObject({ changed_by: z.string() })) });
    const { items } = operations.parse(await (await visit("/v1/operations", who)).json());
    expect(items.map((each) => each.changed_by)).toEqual([name]);
  });
});

it("a token for agents that a person was given is not taken from a key of that scope", async () => {
  const { id } = await insertMedia();
  const args = { ids: [id], add_keywords: ["sea"] };
  const call = async (who: Visit, given: object): Promise<string> => {
    const message = {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "tag_photos", arguments: given },
    };
    const headers = new Headers(who.headers);
    for (const [name, value] of Object.entries(json)) headers.set(name, value);
    return (await visit("/mcp", { ...who, method: "POST", headers, body: JSON.stringify(message) })).text();
  };
  const ann = { access: behindAccess("ann@example.org"), env: accessEnv({ "*": "write" }) };
  const token = /"token":"([^"]+)"/.exec((await call(ann, args)).replaceAll("\\", ""))?.[1] ?? "";
  expect(token).not.toBe("");
  const bob = { access: behindAccess("bob@example.org"), env: accessEnv({ "*": "write" }) };
  for (const other of [bob, { headers: { "X-API-Key": keys.write } }])
    expect(await call(other, { ...args, token })).toContain("for this caller and this tool");
  expect(await call(ann, { ...args, token })).toContain("applied");
});

/** What a request counts. */
async function counted(path: string, asked: Visit): Promise<string[]> {
  const notes: string[] = [];
  const names = ["READ_LIMIT", "WRITE_LIMIT", "AUTH_LIMIT", "THUMBNAIL_LIMIT"] as const;
  const bindings = Object.fromEntries(names.map((limit) => [limit, noted(env[limit], notes, limit)]));
  await visit(path, { ...asked, env: { ...asked.env, ...bindings } });
  return notes;
}

describe("what is counted", () => {
  const person = (email: string): Visit => ({
    access: behindAccess(email),
    env: accessEnv({ "@example.org": "write" }),
    headers: { ...ownPage, "CF-Connecting-IP": "192.0.2.7" },
  });

  it("of a session counts with its key, of a person by the address, whatever its case", async () => {
    const cookie = await signIn();
    expect(await counted("/v1/media", { cookie })).toEqual(["READ_LIMIT key:writer"]);
    expect(await counted("/v1/media", person("Ann@Example.org"))).toEqual([
      "READ_LIMIT person:ann@example.org",
    ]);
  });

  it("among the writes is what may write", async () => {
    const cookie = await signIn();
    const write = { method: "POST", headers: ownPage };
    expect(await counted("/v1/media", { cookie, ...write })).toEqual(["WRITE_LIMIT key:writer"]);
    const ann = { ...person("ann@example.org"), method: "POST" };
    expect(await counted("/v1/media", ann)).toEqual(["WRITE_LIMIT person:ann@example.org"]);
  });

  it("among the thumbnails is what names one by its version", async () => {
    const path = `/v1/media/0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11/thumbnail?v=v1-1`;
    const [first] = await counted(path, { cookie: await signIn() });
    expect(first).toBe("THUMBNAIL_LIMIT key:writer");
    const [second] = await counted(path, person("ann@example.org"));
    expect(second).toBe("THUMBNAIL_LIMIT person:ann@example.org");
  });

  it("for signing in and out is a read, as nothing is written", async () => {
    const post = { method: "POST", headers: { "X-API-Key": keys.read } };
    expect(await counted("/v1/session", post)).toEqual(["READ_LIMIT key:reader"]);
    const cookie = await signIn();
    const signOut = { method: "DELETE", cookie, headers: ownPage };
    expect(await counted("/v1/session", signOut)).toEqual(["READ_LIMIT key:writer"]);
  });

  it("for a person who is not permitted is a read of the address", async () => {
    expect(await counted("/v1/media", person("eve@elsewhere.example"))).toEqual([
      "READ_LIMIT address:192.0.2.7",
    ]);
  });

  it("where the platform does not tell who is asking is a read of the address", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const asked = {
      ...person(""),
      access: { aud: "a", getIdentity: async () => Promise.reject(new Error("no")) },
    };
    expect(await counted("/v1/media", asked)).toEqual(["READ_LIMIT address:192.0.2.7"]);
  });

  it("over the limit is refused to the person", async () => {
    const ann = person("ann@example.org");
    const bindings = { ...ann.env, READ_LIMIT: exhausted(env.TEST_LIMIT) };
    const response = await visit("/v1/media", { ...ann, env: bindings });
    expect(response.status).toBe(429);
    expect((await problemOf(response)).detail).toBe("You have sent too many reads. Try again later.");
  });
});
