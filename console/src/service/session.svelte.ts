import { tick } from "svelte";
import { tagline, type components } from "tagline-client";
import { Whose } from "./whose.ts";

/** Who is asking, as the service knows it; see `GET /v1/session`. */
type Caller = components["schemas"]["WhoIsAsking"];

/** What a person may do; each includes those before it. */
type Scope = Caller["scopes"][number];

const nobody: Caller = { name: null, scopes: [], via: null, expires_at: null };

const whose = new Whose(() => sessionStorage);

/** All tabs have one cookie: each tells the others who is in now; null for nobody. */
const tabs = new BroadcastChannel("tagline-session");

/** Who looks at the page. The key of a sign-in is sent once and kept nowhere. */
class Session {
  #caller = $state.raw<Caller | null>(null);
  #isSignedOut = $state(false);
  #isPassedOn = false;

  constructor() {
    tabs.addEventListener("message", ({ data }: MessageEvent<unknown>) => void this.#follow(data));
    // The browser has kept the page asleep while others were in the tab, and it has heard nothing.
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) void this.#follow();
    });
  }

  /** Who is asking; null until the service has said so. */
  get caller(): Caller | null {
    return this.#caller;
  }

  /** Whether the person has ended the session themselves. */
  get isSignedOut(): boolean {
    return this.#isSignedOut;
  }

  /** Whether the page is being loaded anew for somebody else: what it holds is not theirs, and nobody is to be asked for it. */
  get isPassedOn(): boolean {
    return this.#isPassedOn;
  }

  /** Whether the person may do what needs this scope: what they may not do is not shown. */
  may(scope: Scope): boolean {
    return this.#caller?.scopes.includes(scope) ?? false;
  }

  /** Asks the service who is asking. Throws a `TaglineError` where the service cannot say, or does not let them in. */
  async load(): Promise<void> {
    await this.#ask();
    // Cloudflare Access lets people in without a sign-in here.
    const name = this.#caller?.name ?? null;
    if (name !== null) tellTabs(name);
  }

  /** Begins a session with a key. Throws a `TaglineError`: `invalid_api_key`, or why there can be no session here. */
  async signIn(key: string): Promise<void> {
    const { data } = await apiWith(key).POST("/v1/session");
    tellTabs(data.name);
    this.#begin(data);
  }

  /** Ends the session. Throws a `TaglineError` where the service cannot be reached. */
  async signOut(): Promise<void> {
    await apiWith(null).DELETE("/v1/session");
    tellTabs(null);
    this.#isSignedOut = true;
    this.end();
  }

  /** Notes that the service knows nobody any more, such as after the twelve hours of a session. */
  end(): void {
    if (!this.#isPassedOn) this.#caller = nobody;
  }

  async #ask(): Promise<void> {
    const { data } = await apiWith(null).GET("/v1/session");
    this.#begin(data);
  }

  /** Asks who is in by now, unless another tab says that it is who was in before. */
  async #follow(name?: unknown): Promise<void> {
    if (name !== undefined && name === (this.#caller?.name ?? null)) return;
    try {
      await this.#ask();
    } catch {
      // Whose cookie it is by now cannot be told, so that nothing is to be done with it.
      this.end();
    }
  }

  #begin(caller: Caller): void {
    if (this.#isPassedOn) return;
    if (caller.name !== null && whose.passesTo(caller.name)) {
      this.#isPassedOn = true;
      this.#caller = null;
      // One place ends whatever the parts of the page remember. They are left first, since some ask before they let go.
      void tick().then(() => location.reload());
      return;
    }
    this.#caller = caller;
    this.#isSignedOut = false;
  }
}

/** The page's only session. */
export const session = new Session();

function tellTabs(name: string | null): void {
  // A channel reaches this origin alone.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  tabs.postMessage(name);
}

/** A client for one call: whoever waits for being let in is told soon. */
function apiWith(key: string | null) {
  return tagline({ url: location.origin, key, timeoutMs: 15_000, retry: { attempts: 2, maxWaitMs: 0 } }).api;
}
