import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { sendMessage, type Connection } from "../../support/http/agents.ts";

const list = { jsonrpc: "2.0", id: 1, method: "tools/list" } as const;
const page = "https://photos.example";

async function from(
  origin: string,
  env: Partial<Env> = {},
  as: Connection["as"] = "read",
): Promise<Response> {
  return sendMessage(list, { as, env, headers: { Origin: origin } });
}

describe("the Origin of a message", () => {
  it.each<[string, string, Partial<Env>]>([
    ["the service's own", "https://tagline.test", {}],
    ["one that is named", page, { CORS_ALLOWED_ORIGINS: `http://localhost:5173,${page}` }],
  ])("may be %s", async (_what, origin, env) => {
    expect((await from(origin, env)).status).toBe(200);
  });

  it.each<[string, string, Partial<Env>]>([
    ["another", page, {}],
    ["another, where every origin may read answers", page, { CORS_ALLOWED_ORIGINS: "*" }],
    ["another than is named", "https://photos.example:8443", { CORS_ALLOWED_ORIGINS: page }],
    ["one that a named one begins", `${page}.evil.example`, { CORS_ALLOWED_ORIGINS: page }],
    ["that of a page without one", "null", { CORS_ALLOWED_ORIGINS: "*" }],
    ["the service's own by another scheme", "http://tagline.test", {}],
    ["empty", "", {}],
  ])("is refused where it is %s", async (_what, origin, env) => {
    expect(await refusalOf(await from(origin, env))).toBe("403 cross_site");
  });

  it("is looked at before the key", async () => {
    expect(await refusalOf(await from(page, {}, null))).toBe("403 cross_site");
  });
});
