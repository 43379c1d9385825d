import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataFolder, startService, type RunningService } from "./support/service.ts";

/** A person behind Access, as wrangler plays it, beside the static assets that the service has. */
const settings = `
[access.dev]
aud = "photos"

[access.dev.identity]
email = "Ann@example.org"

[vars]
ACCESS_SCOPES = '{"@example.org": "read"}'
`;

let data: Awaited<ReturnType<typeof dataFolder>>;
let service: RunningService;

beforeAll(async () => {
  data = await dataFolder();
  await writeFile(join(data.folder, "wrangler.local.toml"), settings);
  service = await startService(data);
});

afterAll(async () => {
  await service.stop();
  await data.remove();
});

/** Asks without a key. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, service.url), init);
}

const ownPage = (): Record<string, string> => ({ Origin: service.url });

test("who comes through Access is known as the platform says, and nothing that they send changes it", async () => {
  const ann = { name: "ann@example.org", scopes: ["read"], via: "access", expires_at: null };
  expect(await (await ask("/v1/session")).json()).toEqual(ann);
  const headers = {
    "Cf-Access-Authenticated-User-Email": "bob@example.org",
    "MF-Access-Blob": '{"app_aud":"photos","jwt_claims":{"email":"bob@example.org"}}',
  };
  expect(await (await ask("/v1/session", { headers })).json()).toEqual(ann);
  expect((await ask("/v1/media")).status).toBe(200);
  const write = await ask("/v1/ingest", { method: "POST", headers: ownPage() });
  expect(await write.json()).toMatchObject({ status: 403, code: "insufficient_scope" });
  expect(await (await ask("/v1/ingest", { method: "POST" })).json()).toMatchObject({ code: "cross_site" });
});

test("whoever signs in with a key is known by the cookie of this port, before Access, until they sign out", async () => {
  const signedIn = await ask("/v1/session", { method: "POST", headers: { "X-API-Key": service.key } });
  expect(signedIn.status).toBe(200);
  const set = signedIn.headers.get("Set-Cookie") ?? "";
  const { port } = new URL(service.url);
  expect(set).toMatch(
    new RegExp(`^tagline-session-${port}=[^;]+; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict$`),
  );
  const cookie = set.split(";", 1).join("");
  expect(await (await ask("/v1/session", { headers: { Cookie: cookie } })).json()).toMatchObject({
    via: "session",
  });
  const headers = { ...ownPage(), Cookie: cookie };
  expect((await ask("/v1/ingest", { method: "POST", headers })).status).toBe(202);
  const signedOut = await ask("/v1/session", { method: "DELETE", headers });
  expect([signedOut.status, signedOut.headers.get("Set-Cookie")]).toEqual([
    204,
    expect.stringContaining("Max-Age=0"),
  ]);
});
