import { waitUntilHealthy } from "../smoke/health.ts";
import { smoke } from "../smoke/smoke.ts";
import type { DeploySurroundings } from "./surroundings.ts";

/** What was deployed, for whoever looks whether it works. */
export interface LookedAt {
  /** Undefined where nobody has told an address. */
  readonly url: URL | undefined;
  readonly commit: string;
  /** A key with the scope `admin`, where this deploy has set one. */
  readonly key: string | undefined;
}

/** Calls the service that was deployed, and says what is wrong with it; gives whether it works. */
export async function lookAfter(surroundings: DeploySurroundings, looked: LookedAt): Promise<boolean> {
  const { say, clock, signal, env } = surroundings;
  const { url, commit } = looked;
  if (url === undefined) {
    say(
      "Wrangler told no address of the service, so nothing was called: name the address with --url, or leave the calls out with --no-smoke.",
    );
    return false;
  }
  say(`Calling ${url.href} …`);
  const key = looked.key ?? env["TAGLINE_API_KEY"];
  if (key === undefined || key === "") {
    const problems = await waitUntilHealthy({ url, clock, signal });
    for (const problem of problems) say(problem);
    if (problems.length === 0)
      say("/health is ok. Nothing else was tried: the smoke run needs a key in TAGLINE_API_KEY.");
    return problems.length === 0;
  }
  const problems = await smoke({ url, key, commit, clock, signal, say });
  for (const problem of problems) say(problem);
  return problems.length === 0;
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
    "  Give others in  docs/operating.md, sections Keys and People",
    "  Keep the words  docs/operating.md, section Backups",
    "  Watch it        docs/operating.md, section What to watch",
  ];
}
