import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { apiWith } from "../../support/http/api.ts";
import { configuredApp, dropboxEnv } from "../../support/dropbox/configured.ts";
import { replaced } from "../../support/records/replaced.ts";
import { hmacOf } from "../../support/http/signatures.ts";

const path = "/webhooks/dropbox";
const body = JSON.stringify({ list_folder: { accounts: ["dbid:AAH4f99T0taONIb"] } });
const other = { name: "other", type: "dropbox", credentials: "OTHER" };
const configured = {
  ...dropboxEnv(other, { name: "same", type: "dropbox", root: "/More" }),
  OTHER_APP_KEY: "other-key",
  OTHER_APP_SECRET: "other-secret",
  OTHER_REFRESH_TOKEN: "other-token",
};

async function notify(signed: string, text = body, variables: object = configured): Promise<Response> {
  return apiWith(variables, path, {
    method: "POST",
    as: null,
    body: text,
    headers: { "X-Dropbox-Signature": signed },
  });
}

async function runs(): Promise<unknown[]> {
  const response = await apiWith({}, "/v1/ingest/status");
  const status = z.object({ run: z.looseObject({}).nullable(), last_run: z.looseObject({}).nullable() });
  const { run, last_run } = status.parse(await response.json());
  return [run, last_run].filter((each) => each !== null);
}

/** What happens after the answer happens soon, but nobody can say how soon on a busy machine. */
const patienceMs = 20_000;

describe("GET /webhooks/dropbox", () => {
  it("gives the challenge back as plain text", async () => {
    const response = await apiWith({}, `${path}?challenge=a%3Cb%3E1`, { as: null });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toMatch(/^text\/plain/);
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(await response.text()).toBe("a<b>1");
  });

  it.each(["", "?challenge=", `?challenge=${"x".repeat(257)}`])(
    "refuses what is no challenge: %s",
    async (query) => {
      expect(await refusalOf(await apiWith({}, path + query, { as: null }))).toMatch(/^422 validation_error/);
    },
  );
});

describe("POST /webhooks/dropbox", () => {
  it("starts an ingest of every provider of the app that has signed it", async () => {
    const response = await notify(await hmacOf(body, configuredApp.secret));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    await vi.waitFor(async () => {
      expect(await runs()).toMatchObject([{ trigger: "webhook", providers: { dropbox: {}, same: {} } }]);
    }, patienceMs);
    expect(await runs()).not.toMatchObject([{ providers: { other: {} } }]);
  });

  it("knows the app by its secret", async () => {
    expect((await notify(await hmacOf(body, "other-secret"))).status).toBe(200);
    await vi.waitFor(async () => {
      expect(await runs()).toMatchObject([{ trigger: "webhook", providers: { other: {} } }]);
    }, patienceMs);
  });

  it.each([
    ["of another secret", async () => hmacOf(body, "x")],
    ["of another body", async () => hmacOf(`${body} `, configuredApp.secret)],
    ["that is cut off", async () => (await hmacOf(body, configuredApp.secret)).slice(0, 62)],
    ["that is no number", async () => "z".repeat(64)],
    ["that is empty", async () => ""],
  ])("refuses a signature %s, and starts nothing", async (_what, sign) => {
    const response = await notify(await sign());
    expect(await refusalOf(response)).toBe("403 invalid_signature");
    expect(await runs()).toEqual([]);
  });

  it("refuses a notification without a signature", async () => {
    const response = await apiWith(configured, path, { method: "POST", as: null, body });
    expect(await refusalOf(response)).toBe("403 invalid_signature");
  });

  it("refuses everything where no Dropbox is configured", async () => {
    const response = await notify(await hmacOf(body, configuredApp.secret), body, {});
    expect(await refusalOf(response)).toBe("403 invalid_signature");
  });

  it("refuses more than Dropbox would send", async () => {
    const long = "x".repeat(256 * 1024 + 1);
    const response = await notify(await hmacOf(long, configuredApp.secret), long);
    expect(await refusalOf(response)).toBe("413 payload_too_large");
  });

  it("answers although the run cannot be started, and says so in the log", async () => {
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const lost = { start: async () => Promise.reject(new Error("lost")) };
    const variables = {
      ...configured,
      INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => lost }),
    };
    expect((await notify(await hmacOf(body, configuredApp.secret), body, variables)).status).toBe(200);
    await vi.waitFor(() => expect(lines.mock.calls.join()).toContain("webhook.failed"), patienceMs);
    lines.mockRestore();
  });
});
