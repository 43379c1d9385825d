import { join } from "node:path";
import { Failure } from "../failure.ts";
import { devVarsFile, ensureDevVars, readDevVars } from "../start/dev-vars.ts";
import {
  authorizeUrl,
  currentAccount,
  exchangeCode,
  firstEntries,
  scopes,
  type Account,
  type Caller,
} from "./api.ts";
import { connectOptions, type ConnectOptions } from "./options.ts";
import { setSecrets } from "./secrets-file.ts";

/** What connecting needs of its surroundings; tests bring their own. */
export interface ConnectSurroundings {
  argv: string[];
  env: NodeJS.ProcessEnv;
  /** The project's folder, where the local secrets lie. */
  folder: string;
  ask: (question: string) => Promise<string>;
  say: (line: string) => void;
  fetch: Caller["fetch"];
}

/**
 * Walks an operator through connecting a Dropbox account: app, agreement, code; shows whose account it is and what is
 * seen of it; then keeps the secrets. Nothing is written before all that has worked. Throws `Failure` with a sentence.
 */
export async function connectDropbox(surroundings: ConnectSurroundings): Promise<number> {
  const { argv, env, folder, ask, say } = surroundings;
  const secretsFile = join(folder, devVarsFile);
  const options = connectOptions(argv, env, readDevVars(secretsFile) ?? new Map<string, string>());
  const caller: Caller = { fetch: surroundings.fetch, apiUrl: options.apiUrl };
  const app = await askForApp(options, ask, say);
  say("");
  say("Open this address, signed in to the Dropbox that holds the photos, and allow the access:");
  say(`  ${authorizeUrl(app.key)}`);
  const code = await answerTo(ask, "The code that Dropbox shows: ", "a code");
  const grant = await exchangeCode(caller, app, code);
  const account = await currentAccount(caller, grant.accessToken);
  say("");
  say(`Connected to the Dropbox of ${account.name} (${account.email}).`);
  sayFolder(say, options.root, await firstEntries(caller, grant.accessToken, options.root));
  const secrets = new Map([
    [`${options.prefix}_APP_KEY`, app.key],
    [`${options.prefix}_APP_SECRET`, app.secret],
    [`${options.prefix}_REFRESH_TOKEN`, grant.refreshToken],
  ]);
  if (options.print) sayCommands(say, secrets);
  else {
    ensureDevVars(secretsFile);
    setSecrets(secretsFile, secrets);
    say(`The secrets are in ${devVarsFile}.`);
  }
  sayEntry(say, options, account);
  return 0;
}

async function askForApp(
  { appKey, appSecret }: ConnectOptions,
  ask: ConnectSurroundings["ask"],
  say: ConnectSurroundings["say"],
) {
  if (appKey === undefined || appSecret === undefined) {
    say("Make an app at https://www.dropbox.com/developers/apps (scoped access), or open the one you have.");
    say(`Under Permissions tick ${scopes.join(", ")} and submit; key and secret are under Settings.`);
  }
  const key = appKey ?? (await answerTo(ask, "App key: ", "an app key"));
  const secret = appSecret ?? (await answerTo(ask, "App secret: ", "an app secret"));
  return { key, secret };
}

async function answerTo(ask: ConnectSurroundings["ask"], question: string, what: string): Promise<string> {
  const answer = (await ask(question)).trim();
  if (answer === "") throw new Failure(`Without ${what} there is nothing to connect with.`);
  return answer;
}

function sayFolder(say: ConnectSurroundings["say"], root: string, names: readonly string[]): void {
  const place = root === "" ? "What the app sees" : root;
  if (names.length === 0) say(`${place}: nothing yet.`);
  else say(`${place}: ${names.join(", ")}${names.length >= 10 ? ", …" : ""}`);
}

function sayCommands(say: ConnectSurroundings["say"], secrets: ReadonlyMap<string, string>): void {
  say("");
  say("For the deployed service, run each of these and paste the value behind it:");
  for (const [name, value] of secrets) say(`  npx wrangler secret put ${name}   # ${value}`);
}

function sayEntry(say: ConnectSurroundings["say"], options: ConnectOptions, account: Account): void {
  const { prefix, root } = options;
  const entry = {
    name: "dropbox",
    type: "dropbox",
    ...(root === "" ? {} : { root }),
    ...(prefix === "DROPBOX" ? {} : { credentials: prefix }),
  };
  say("");
  say(
    "Add this to STORAGE_PROVIDERS in wrangler.local.toml (under [vars]), then start or deploy the service anew:",
  );
  say(`  ${JSON.stringify(entry)}`);
  if (account.rootNamespace === account.homeNamespace) return;
  say(
    "The account belongs to a team. For the team's folders rather than the member's own, use this instead:",
  );
  say(`  ${JSON.stringify({ ...entry, path_root: account.rootNamespace })}`);
}
