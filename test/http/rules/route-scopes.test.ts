import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { createApp } from "../../../src/app.ts";
import { problemOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { keys } from "../../support/keys.ts";
import {
  everyRoute,
  keyedRoutes,
  linkedRoutes,
  openRoutes,
  routes,
  type Route,
} from "../../support/http/routes.ts";

type Caller = "nobody" | "wrong" | "read" | "write" | "admin";

const callers: readonly Caller[] = ["nobody", "wrong", "read", "write", "admin"];
const ranks = { read: 0, write: 1, admin: 2 } as const;

/** What a route has to answer a caller: refused and how, or let in. */
function rule(name: string, caller: Caller): string {
  const needed = routes[name];
  if (needed === undefined) return "a route without a rule";
  if (needed === null && openRoutes.includes(name) && caller === "wrong") return "401 invalid_api_key";
  if (needed === null) return "let in";
  if (caller === "nobody" || caller === "wrong") return "401 invalid_api_key";
  return ranks[caller] >= ranks[needed]
    ? "let in"
    : `403 insufficient_scope This request needs the scope "${needed}".`;
}

/** What it does answer. Whoever is let in may still be refused for what is asked, but never for who asks. */
async function answer({ method, at }: Route, caller: Caller): Promise<string> {
  const headers: Record<string, string> = caller === "wrong" ? { "X-API-Key": "x".repeat(40) } : {};
  const as = caller === "nobody" || caller === "wrong" ? null : caller;
  const body = method === "GET" ? null : "x";
  const response = await api(at, { method, as, headers, body });
  if (response.status === 401) return `401 ${(await problemOf(response)).code}`;
  if (response.status !== 403) return response.status < 500 ? "let in" : `${response.status}`;
  const { code, detail } = await problemOf(response);
  return `403 ${code} ${detail}`;
}

describe("the table of routes", () => {
  it("has every route of the app and none besides", () => {
    expect(everyRoute.map(({ name }) => name).toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it("lets nothing below /v1 go without a scope, but for who is asking and signing out", () => {
    const open = Object.keys(routes).filter((name) => routes[name] === null);
    expect(open.filter((name) => name.includes(" /v1"))).toEqual(openRoutes);
  });

  it("asks for a scope in the line of every route below /v1, and takes links where they are meant to be", () => {
    const asks = (handler: string): string[] =>
      createApp()
        .routes.filter((route) => route.handler.name === handler)
        .map((route) => `${route.method} ${route.path}`);
    const [forCallers, forLinks] = [asks("requireScopeOfCaller"), asks("requireScopeOfCallerOrLink")];
    expect([...forCallers, ...forLinks].toSorted()).toEqual(keyedRoutes.map(({ name }) => name).toSorted());
    expect(forLinks.toSorted()).toEqual(linkedRoutes.toSorted());
  });

  it("covers what answers every method, which is middleware alone", () => {
    const all = createApp().routes.filter((route) => route.method === "ALL");
    expect([...new Set(all.map((route) => route.path))].toSorted()).toEqual(["/*", "/mcp", "/v1/*"]);
  });
});

// A webhook proves itself by its signature, whoever calls; test/http/ingest/webhooks.test.ts has its rules.
describe.each(everyRoute.filter(({ path }) => !path.startsWith("/webhooks/")))("$name", (route) => {
  it.each(callers)("answers %s by its rule", async (caller) => {
    expect(await answer(route, caller)).toBe(rule(route.name, caller));
  });

  it("takes the key as a token, too", async () => {
    const headers = { Authorization: `Bearer ${keys.admin}` };
    const body = route.method === "GET" ? null : "x";
    const response = await api(route.at, { method: route.method, as: null, headers, body });
    expect([401, 403]).not.toContain(response.status);
  });
});

describe.each(keyedRoutes)("$name", ({ method, at }) => {
  it("is not opened by a signature that is none of ours", async () => {
    const forged = `${at}?expires=9999999999&signature=${"A".repeat(22)}`;
    const response = await api(forged, { method, as: null, body: method === "GET" ? null : "x" });
    expect((await problemOf(response)).code).toBe("invalid_signature");
  });
});

describe("a key in the address", () => {
  it.each(["X-API-Key", "x-api-key", "api_key", "apikey", "key", "access_token", "Authorization"])(
    "lets nobody in as %s, and the refusal does not repeat it",
    async (name) => {
      const query = new URLSearchParams({ [name]: keys.admin }).toString();
      for (const as of [null, "read"] as const) {
        const response = await api(`/v1/media?${query}`, { as });
        expect(response.status).toBe(as === null ? 401 : 422);
        expect(await response.text()).not.toContain(keys.admin);
      }
    },
  );
});
