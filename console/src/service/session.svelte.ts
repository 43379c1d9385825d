import { TaglineError } from "tagline-client";

/** What a person may do; each includes those before it. */
export type Scope = "read" | "write" | "admin";

/** Who is asking, as the service knows it; see `GET /v1/session`. */
export interface Caller {
  /** The name of the key or the address of the person; null for nobody. */
  readonly name: string | null;
  readonly scopes: readonly Scope[];
  readonly via: "key" | "session" | "access" | null;
  /** When the session ends (RFC 3339); null where it is none. */
  readonly expiresAt: string | null;
}

const allScopes: readonly Scope[] = ["read", "write", "admin"];
const ways = ["key", "session", "access"] as const;

/** Who looks at the page. The key of a sign-in is sent once and kept nowhere. */
class Session {
  #caller = $state.raw<Caller | null>(null);
  #isSignedOut = $state(false);

  /** Who is asking; null until the service has said so. */
  get caller(): Caller | null {
    return this.#caller;
  }

  /** Whether the person has ended the session themselves. */
  get isSignedOut(): boolean {
    return this.#isSignedOut;
  }

  /** Whether the person may do what needs this scope: what they may not do is not shown. */
  may(scope: Scope): boolean {
    return this.#caller?.scopes.includes(scope) ?? false;
  }

  /** Asks the service who is asking. Throws a `TaglineError` where the service cannot say. */
  async load(): Promise<Caller> {
    return this.#take(await ask("GET"));
  }

  /** Begins a session with a key. Throws a `TaglineError`: `invalid_api_key`, or why there can be no session here. */
  async signIn(key: string): Promise<Caller> {
    return this.#take(await ask("POST", { "X-API-Key": key }));
  }

  /** Ends the session. */
  async signOut(): Promise<void> {
    await ask("DELETE");
    this.#isSignedOut = true;
    this.end();
  }

  /** Notes that the service knows nobody any more, such as after the twelve hours of a session. */
  end(): void {
    this.#caller = { name: null, scopes: [], via: null, expiresAt: null };
  }

  #take(answer: unknown): Caller {
    const caller = callerOf(answer);
    this.#caller = caller;
    this.#isSignedOut = false;
    return caller;
  }
}

/** The page's only session. */
export const session = new Session();

/** Until the API's types have the session, the answer is read by hand. */
async function ask(method: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const response = await fetch("/v1/session", { method, headers, cache: "no-store" });
  if (!response.ok)
    throw new TaglineError({
      code: response.status === 401 ? "invalid_api_key" : "unexpected_answer",
      status: response.status,
      detail: `The service answered ${response.status}.`,
    });
  return response.status === 204 ? null : response.json();
}

function callerOf(answer: unknown): Caller {
  const fields: Readonly<Record<string, unknown>> =
    typeof answer === "object" && answer !== null ? { ...answer } : {};
  const given = Array.isArray(fields["scopes"]) ? fields["scopes"] : [];
  return {
    name: textOf(fields["name"]),
    scopes: allScopes.filter((scope) => given.includes(scope)),
    via: ways.find((way) => way === fields["via"]) ?? null,
    expiresAt: textOf(fields["expires_at"]),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
