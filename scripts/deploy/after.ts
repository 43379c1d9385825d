import { waitUntilHealthy } from "../smoke/health.ts";
import { smoke } from "../smoke/smoke.ts";
import type { DeploySurroundings } from "./surroundings.ts";

/** What was deployed, for whoever looks whether it works. */
export interface LookedAt {
  /** Undefined where nobody has told an address. */
  readonly url: URL | undefined;
  readonly commit: string;
  readonly keys: {
    /** A key with the scope `admin` that this deploy has set. */
    readonly own: string | undefined;
    /** A key that the person has given, maybe of another service. */
    readonly given: string | undefined;
  };
}

/** Whether a service works, does not, or could not be called. */
export type Verdict = "fine" | "broken" | "unseen";

/** Calls the service that was deployed, and says what is wrong with it. */
export async function lookAfter(surroundings: DeploySurroundings, looked: LookedAt): Promise<Verdict> {
  const { say, clock, signal } = surroundings;
  const { url, commit, keys } = looked;
  if (url === undefined) {
    say(
      "Wrangler told no address of the service, so nothing was called: name the address with --url, or leave the calls out with --no-smoke.",
    );
    return "unseen";
  }
  say(`Calling ${url.href} …`);
  const key = keys.own ?? (keys.given === "" ? undefined : keys.given);
  if (key === undefined) {
    const problems = await waitUntilHealthy({ url, clock, signal });
    for (const problem of problems) say(problem);
    if (problems.length > 0) return "broken";
    say(
      "/health is ok. Which version has answered was not looked at, and nothing else was tried: the smoke run needs a key in TAGLINE_API_KEY.",
    );
    return "fine";
  }
  const { problems, isKeyRefused } = await smoke({ url, key, commit, clock, signal, say });
  if (isKeyRefused && keys.own === undefined) {
    say("The key in TAGLINE_API_KEY is none of this service, so nothing but /health was tried.");
    return "unseen";
  }
  for (const problem of problems) say(problem);
  return problems.length === 0 ? "fine" : "broken";
}

/** What a person does next with a service that is there; at its first deploy more than later. */
export function nextSteps(url: URL | undefined, isFirst: boolean): string[] {
  const address = url?.href ?? "the address of the service";
  if (!isFirst) return [`The service is at ${address}`];
  return [
    "",
    "Next:",
    `  Look at it      ${address} (sign in with the key)`,
    `  Send photos in  npm run import -- FOLDER --url ${address} --key KEY`,
    "  Use a Dropbox   docs/dropbox.md",
    "  Everything else docs/operating.md: keys and people, backups, what to watch",
  ];
}
