import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { z } from "zod";

import type { ApiRequest } from "./api.ts";
import { keys } from "../keys.ts";
import { IncomingRequest, worker } from "../platform/entry.ts";

/** Where and how somebody asks who is not a program with a key. */
export interface Visit extends Omit<ApiRequest, "as" | "json"> {
  /** The origin at which the service is asked. */
  readonly at?: string;
  /** The header `Cookie`. */
  readonly cookie?: string;
  /** What the platform says of the request: `ctx.access`. */
  readonly access?: unknown;
  /** Bindings or variables that are replaced. */
  readonly env?: Partial<Env>;
}

/** The service as tests ask it without another word. */
export const home = "https://tagline.test";

/** Headers that a browser sends with what a page of the service itself asks. */
export const ownPage = { "Sec-Fetch-Site": "same-origin" };

/** Asks as a browser does: by a path at any origin, with cookies, and through Cloudflare Access or not. */
export async function visit(path: string, asked: Visit = {}): Promise<Response> {
  const { at = home, cookie, access, env: replaced = {}, ...init } = asked;
  const headers = new Headers(init.headers);
  if (cookie !== undefined) headers.set("Cookie", cookie);
  const context = createExecutionContext();
  if (access !== undefined) Object.defineProperty(context, "access", { value: access });
  const request = new IncomingRequest(`${at}${path}`, { ...init, headers });
  const response = await worker.fetch(request, { ...env, ...replaced }, context);
  await waitOnExecutionContext(context);
  return response;
}

/** The header that sends a key. */
export function withKey(key: string): Record<string, string> {
  return { "X-API-Key": key };
}

/** Signs in with a key, and gives the cookie as a browser sends it back. */
export async function signIn(key: string = keys.write, asked: Visit = {}): Promise<string> {
  const headers = new Headers(asked.headers);
  headers.set("X-API-Key", key);
  const response = await visit("/v1/session", { ...asked, method: "POST", headers });
  expect(response.status).toBe(200);
  return cookieOf(response);
}

/** The cookie that an answer sets, without its attributes. */
export function cookieOf(response: Response): string {
  const [pair = ""] = (response.headers.get("Set-Cookie") ?? "").split(";", 1);
  return pair;
}

const whoIsAsking = z.strictObject({
  name: z.string().nullable(),
  scopes: z.array(z.string()),
  via: z.string().nullable(),
  expires_at: z.string().nullable(),
});

/** Who is asking, as `GET /v1/session` tells. */
export type WhoIsAsking = z.infer<typeof whoIsAsking>;

/** What `GET /v1/session` tells whoever asks so. */
export async function whoAsks(asked: Visit = {}): Promise<WhoIsAsking> {
  const response = await visit("/v1/session", asked);
  expect(response.status).toBe(200);
  return whoIsAsking.parse(await response.json());
}

/** What is told to nobody. */
export const nobody: WhoIsAsking = { name: null, scopes: [], via: null, expires_at: null };

/** What the platform says of a person who has come through Access; without an address where `email` is undefined. */
export function behindAccess(
  email: unknown,
  aud = "photos",
): Readonly<{ aud: string; getIdentity: () => Promise<unknown> }> {
  return { aud, getIdentity: async () => ({ email, name: "Somebody", idp: { id: "x", type: "oidc" } }) };
}

/** A configuration in which Access counts. */
export function accessEnv(scopes: object): Partial<Env> {
  return { ACCESS_SCOPES: JSON.stringify(scopes) };
}
