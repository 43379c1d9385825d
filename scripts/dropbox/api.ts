import { z } from "zod";
import { Failure } from "../failure.ts";

/** What it takes to call Dropbox; the fetch is the caller's. */
export interface Caller {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  apiUrl: string;
}

/** What an app is known by. */
export interface App {
  key: string;
  secret: string;
}

/** What an account has granted. */
export interface Grant {
  accessToken: string;
  refreshToken: string;
}

/** Whose account it is, and the namespaces that it sees (users.stone, `FullAccount`). */
export interface Account {
  name: string;
  email: string;
  homeNamespace: string;
  rootNamespace: string;
}

/** The scopes that the service needs (files.stone, users.stone: `scope` of the routes that are called). */
export const scopes = ["account_info.read", "files.metadata.read", "files.content.read"] as const;

const grantAnswer = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });
const tokenError = z.object({ error: z.string() });
const accountAnswer = z.object({
  name: z.object({ display_name: z.string() }),
  email: z.string(),
  root_info: z.object({ home_namespace_id: z.string(), root_namespace_id: z.string() }),
});
const listing = z.object({ entries: z.array(z.object({ ".tag": z.string(), name: z.string() })) });
const routeError = z.object({
  error: z.looseObject({ ".tag": z.string(), required_scope: z.string().optional() }),
});

/** The page on which an account agrees (Dropbox OAuth guide: a code, and a token that lasts). */
export function authorizeUrl(app: string): string {
  const query = new URLSearchParams({
    client_id: app,
    response_type: "code",
    token_access_type: "offline",
    scope: scopes.join(" "),
  });
  return `https://www.dropbox.com/oauth2/authorize?${query}`;
}

/** Exchanges the code of that page for tokens (RFC 6749 §4.1.3). */
export async function exchangeCode(caller: Caller, app: App, code: string): Promise<Grant> {
  const response = await send(caller, "/oauth2/token", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      client_id: app.key,
      client_secret: app.secret,
    }).toString(),
  });
  const body = await readJson(response);
  if (!response.ok) throw new Failure(whyRefused(response.status, tokenError.safeParse(body).data?.error));
  const { access_token: accessToken, refresh_token: refreshToken } = fitting(grantAnswer, body);
  return { accessToken, refreshToken };
}

/** Whose account it is. */
export async function currentAccount(caller: Caller, token: string): Promise<Account> {
  const account = fitting(accountAnswer, await call(caller, token, "users/get_current_account", null));
  return {
    name: account.name.display_name,
    email: account.email,
    homeNamespace: account.root_info.home_namespace_id,
    rootNamespace: account.root_info.root_namespace_id,
  };
}

/** The first names in a folder; a folder's ends in a slash. */
export async function firstEntries(caller: Caller, token: string, path: string): Promise<string[]> {
  const { entries } = fitting(listing, await call(caller, token, "files/list_folder", { path, limit: 10 }));
  return entries.map((entry) => (entry[".tag"] === "folder" ? `${entry.name}/` : entry.name));
}

async function call(caller: Caller, token: string, route: string, argument: unknown): Promise<unknown> {
  const response = await send(caller, `/2/${route}`, {
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(argument),
  });
  const body = await readJson(response);
  if (response.ok) return body;
  const { error } = routeError.safeParse(body).data ?? {};
  const tag = error?.[".tag"];
  if (tag === "missing_scope") {
    throw new Failure(
      `The app lacks the scope ${error?.required_scope ?? scopes.join(", ")}: tick it under Permissions in Dropbox's App Console, submit, and connect again.`,
    );
  }
  if (tag === "path" && response.status === 409)
    throw new Failure("There is no such folder in this Dropbox.");
  throw new Failure(`Dropbox refused ${route} (status ${response.status}${tag ? `, ${tag}` : ""}).`);
}

async function send(caller: Caller, path: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(30_000);
  try {
    return await caller.fetch(caller.apiUrl + path, { method: "POST", signal, ...init });
  } catch {
    throw new Failure(`Dropbox cannot be reached at ${caller.apiUrl}: check the connection and try again.`);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function fitting<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure("Dropbox answered something that does not fit its specification; try again later.");
}

/** RFC 6749 §5.2, in words. */
function whyRefused(status: number, error: string | undefined): string {
  if (error?.startsWith("invalid_client")) return "Dropbox does not know this app key with this app secret.";
  if (error === "invalid_grant") {
    return "The code is not valid: each is good once and for some minutes, and for one app. Run this again for a new one.";
  }
  return `Dropbox gave no token (status ${status}${error ? `, ${error}` : ""}).`;
}
