import { z } from "zod";

import { parseScopes, type Scope } from "./api-keys.ts";
import { type ConfigSource, type Report, text } from "./source.ts";

/** Whom Cloudflare Access names, and what they may do: by address, by `@domain`, and by `*` for everybody else. */
export type AccessScopes = ReadonlyMap<string, ReadonlySet<Scope>>;

/** The longest e-mail address (RFC 5321 §4.5.3.1: 64 characters, an `@`, 255 characters). */
const longestAddress = 320;

/**
 * An e-mail address as two are compared: the letters A to Z count without their case, every other character as it is, so
 * that no look-alike of another alphabet, such as the Kelvin sign for a K, becomes one of them. What has blanks, control
 * characters, characters that nobody sees, or another number of `@` than one, is no address.
 */
export const emailAddress = z
  .string()
  .max(longestAddress)
  .regex(/^[^\s\p{C}@]+@[^\s\p{C}@]+$/u)
  .transform(foldAddress);

const scopeList = z.string().transform((list, context) => {
  const granted = parseScopes(list);
  if (granted !== null) return granted;
  context.addIssue({ code: "custom", message: "no scopes" });
  return z.NEVER;
});

/** Everybody with an address, a domain behind its `@`, or an address. */
const whom = z.union([
  z.literal("*"),
  z
    .string()
    .regex(/^@[^\s\p{C}@]+$/u)
    .transform(foldAddress),
  emailAddress,
]);

const entries = z.record(z.string(), z.unknown());

/**
 * The scopes of `ACCESS_SCOPES`, a JSON object such as `{"@example.org": "write", "ann@example.org": "admin"}`; null where
 * it is empty. An entry that does not fit takes all others with it: to leave out the one that lets an address read only would
 * give it what its domain may do.
 */
export function readAccessScopes(source: ConfigSource, report: Report): AccessScopes | null {
  const value = text(source, "ACCESS_SCOPES");
  if (value === "") return null;
  const given = entries.safeParse(parseJson(value));
  if (!given.success) {
    report(
      "ACCESS_SCOPES must be a JSON object from an address, a @domain or * to scopes; the service knows nobody by Access.",
    );
    return null;
  }
  const known = new Map<string, ReadonlySet<Scope>>();
  for (const [index, [name, list]] of Object.entries(given.data).entries()) {
    const [who, granted] = [whom.safeParse(name), scopeList.safeParse(list)];
    if (!who.success || !granted.success || known.has(who.data)) {
      report(`ACCESS_SCOPES entry ${index + 1} is not valid, so the service knows nobody by Access.`);
      return null;
    }
    known.set(who.data, granted.data);
  }
  return known;
}

/** What an address, as {@link emailAddress} gives it, may do: its own entry counts, else its domain's, else that of `*`; null for none. */
export function scopesOfPerson(known: AccessScopes, address: string): ReadonlySet<Scope> | null {
  const domain = address.slice(address.indexOf("@"));
  return known.get(address) ?? known.get(domain) ?? known.get("*") ?? null;
}

function foldAddress(address: string): string {
  return address.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** What the text is as JSON; null where it is none. */
function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
