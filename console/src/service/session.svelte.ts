import { tagline, type components } from "tagline-client";

/** Who is asking, as the service knows it; see `GET /v1/session`. */
type Caller = components["schemas"]["WhoIsAsking"];

/** What a person may do; each includes those before it. */
type Scope = Caller["scopes"][number];

const nobody: Caller = { name: null, scopes: [], via: null, expires_at: null };

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

  /** Asks the service who is asking. Throws a `TaglineError` where the service cannot say, or does not let them in. */
  async load(): Promise<void> {
    const { data } = await apiWith(null).GET("/v1/session");
    this.#begin(data);
  }

  /** Begins a session with a key. Throws a `TaglineError`: `invalid_api_key`, or why there can be no session here. */
  async signIn(key: string): Promise<void> {
    const { data } = await apiWith(key).POST("/v1/session");
    this.#begin(data);
  }

  /** Ends the session. Throws a `TaglineError` where the service cannot be reached. */
  async signOut(): Promise<void> {
    await apiWith(null).DELETE("/v1/session");
    this.#isSignedOut = true;
    this.end();
  }

  /** Notes that the service knows nobody any more, such as after the twelve hours of a session. */
  end(): void {
    this.#caller = nobody;
  }

  #begin(caller: Caller): void {
    this.#caller = caller;
    this.#isSignedOut = false;
  }
}

/** The page's only session. */
export const session = new Session();

/** A client for one call: whoever waits for being let in is told soon. */
function apiWith(key: string | null) {
  return tagline({ url: location.origin, key, timeoutMs: 15_000, retry: { attempts: 2, maxWaitMs: 0 } }).api;
}
