import { z } from "zod";
import type { Section } from "../config.ts";
import { ask, jsonOf, reasonOf, targetFlags, type Network } from "../surroundings.ts";

/** What a person is told who has to log in first. */
export const notLoggedIn =
  "Wrangler is not logged in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.";

/** The account that a deploy goes to, in words, or what is in the way of one. */
export interface Account {
  readonly name: string;
  readonly problems: readonly string[];
}

const whoamiSchema = z.union([
  z.looseObject({ loggedIn: z.literal(false) }),
  z.looseObject({
    loggedIn: z.literal(true),
    accounts: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  }),
]);

/** Asks wrangler who is logged in. Among several accounts nothing is guessed: a second service would be made in a wrong one. */
export async function findAccount(
  surroundings: Network,
  section: Section,
  env: string | undefined,
): Promise<Account> {
  const answer = await ask(surroundings, ["whoami", "--json", ...targetFlags(surroundings, env)]);
  const { data: whoami } = whoamiSchema.safeParse(jsonOf(answer));
  const refused = (problem: string): Account => ({ name: "", problems: [problem] });
  if (whoami?.loggedIn === false) return refused(notLoggedIn);
  if (answer.code !== 0 || whoami === undefined)
    return refused(`Wrangler could not tell who is logged in: ${reasonOf(answer)}`);
  const { accounts } = whoami;
  // A workflow passes a secret that nobody has set as an empty text.
  const { CLOUDFLARE_ACCOUNT_ID: given = "" } = surroundings.env;
  const chosen = given === "" ? section.account_id : given;
  const account =
    accounts.find(({ id }) => id === chosen) ?? (accounts.length === 1 ? accounts[0] : undefined);
  // A token may be good for an account that it may not list.
  if (chosen !== undefined && account?.id !== chosen) return { name: chosen, problems: [] };
  if (account !== undefined) return { name: `${account.name} (${account.id})`, problems: [] };
  const listed = accounts.map(({ id, name }) => `${name} (${id})`).join(", ");
  return refused(
    accounts.length === 0
      ? "The login has no account that wrangler could name: set CLOUDFLARE_ACCOUNT_ID."
      : `The login has several accounts, ${listed}: choose one by CLOUDFLARE_ACCOUNT_ID, or by account_id in wrangler.local.toml.`,
  );
}
