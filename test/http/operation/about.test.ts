import "../../support/setup.ts";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import manifest from "../../../package.json" with { type: "json" };
import { mediaTypes } from "../../../src/core/media-type.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { dropboxEnv } from "../../support/dropbox/configured.ts";

const aboutAnswer = z.strictObject({
  version: z.string(),
  commit: z.string().nullable(),
  caller: z.strictObject({ name: z.string(), scopes: z.array(z.string()), via: z.string() }),
  accepted_types: z.array(z.string()),
  limits: z.looseObject({ page: z.int(), upload_bytes: z.int(), json_bytes: z.int(), form_bytes: z.int() }),
  providers: z.array(z.strictObject({ name: z.string(), type: z.string(), writable: z.boolean() })),
});

async function aboutOf(response: Response): Promise<z.infer<typeof aboutAnswer>> {
  expect(response.status).toBe(200);
  return aboutAnswer.parse(await response.json());
}

describe("GET /v1/about", () => {
  it.each([
    ["read", "reader", ["read"]],
    ["write", "writer", ["read", "write"]],
    ["admin", "admin", ["read", "write", "admin"]],
  ] as const)("tells the holder of the key %s who is asking", async (as, name, scopes) => {
    const { caller } = await aboutOf(await api("/v1/about", { as }));
    expect(caller).toEqual({ name, scopes, via: "key" });
  });

  it("tells the version and the commit that runs", async () => {
    const { version, commit } = await aboutOf(await api("/v1/about"));
    expect({ version, commit }).toEqual({ version: manifest.version, commit: null });
    const deployed: Partial<Env> = {};
    Reflect.set(deployed, "COMMIT", "5d1c3f0");
    expect((await aboutOf(await apiWith(deployed, "/v1/about"))).commit).toBe("5d1c3f0");
  });

  it("tells what is taken in, and up to which limits", async () => {
    const changed = { MAX_UPLOAD_BYTES: "5", MAX_PROCESS_BYTES: "6", MAX_PIXELS: "7" };
    const { accepted_types: types, limits } = await aboutOf(await apiWith(changed, "/v1/about"));
    expect(types).toEqual(mediaTypes);
    expect(limits).toEqual({
      upload_bytes: 5,
      form_bytes: 8 * 1024 * 1024,
      json_bytes: 1024 * 1024,
      process_bytes: 6,
      pixels: 7,
      object_key_bytes: 1024,
      page: 500,
      bulk: 500,
      offset: 10_000,
      link_seconds: 604_800,
      trash_days: 30,
      object_metadata: {
        bytes: 65_536,
        depth: 8,
        description_characters: 1024,
        text_characters: 1024,
        keywords: 256,
        keyword_characters: 64,
        field_name_characters: 64,
      },
    });
  });

  it("lists the storage providers that work, without their secrets", async () => {
    const others = [
      { name: "archive", type: "r2", binding: "MEDIA_BUCKET" },
      { name: "lost", type: "r2", binding: "NO_SUCH_BUCKET" },
    ];
    const { providers } = await aboutOf(await apiWith({ ...dropboxEnv(...others) }, "/v1/about"));
    expect(providers).toEqual([
      { name: "dropbox", type: "dropbox", writable: false },
      { name: "archive", type: "r2", writable: true },
    ]);
  });

  it("asks no database, and is not to be kept", async () => {
    const { response, statements } = await apiCost("/v1/about", { as: "read" });
    expect({ status: response.status, statements }).toEqual({ status: 200, statements: 0 });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    await response.body?.cancel();
  });

  it("is for those with a key alone", async () => {
    expect(await refusalOf(await api("/v1/about", { as: null }))).toBe("401 invalid_api_key");
  });
});
