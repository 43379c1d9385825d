import { type ConfigSource, type Report, text } from "./source.ts";

/** What somebody may do; each includes those before it. */
export const scopes = ["read", "write", "admin"] as const;

/** One of {@link scopes}. */
export type Scope = (typeof scopes)[number];

/** A key that callers may present. Only `name` is ever logged. */
export interface ApiKey {
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly key: string;
}

/** What callers present is digested, so it is bounded, and no key may be longer. */
export const longestKeyCharacters = 1024;

/** The keys of `API_KEYS`, in their order; an entry that is not valid is reported by its number alone, and left out. */
export function readApiKeys(source: ConfigSource, report: Report): ApiKey[] {
  const value = text(source, "API_KEYS");
  const entries = value === "" ? [] : value.split(",");
  const taken = new Set<string>();
  const keys = entries.flatMap((entry, index) => {
    const parsed = parseApiKey(entry.trim());
    const isRepeated = parsed !== null && taken.has(parsed.key);
    const problem = isRepeated
      ? "repeats the KEY of an earlier entry"
      : "does not have the form NAME:SCOPES:KEY";
    if (parsed === null || isRepeated) {
      report(`API_KEYS entry ${index + 1} ${problem} and is ignored.`);
      return [];
    }
    taken.add(parsed.key);
    return parsed;
  });
  if (keys.length === 0) report("API_KEYS holds no valid key, so the service refuses every /v1 request.");
  return keys;
}

function parseApiKey(entry: string): ApiKey | null {
  const match = /^([a-z0-9-]{1,32}):([a-z+]+):(\S{32,})$/.exec(entry);
  const [, name, scopeList, key] = match ?? [];
  if (name === undefined || scopeList === undefined || key === undefined) return null;
  if (key.length > longestKeyCharacters) return null;
  const granted = parseScopes(scopeList);
  return granted === null ? null : { name, scopes: granted, key };
}

/** The scopes of a text such as `read` or `write+admin`, with those that they include; null for any other text. */
export function parseScopes(text: string): ReadonlySet<Scope> | null {
  const granted = new Set<Scope>();
  for (const word of text.split("+")) {
    const index = scopes.findIndex((scope) => scope === word);
    if (index < 0) return null;
    for (const scope of scopes.slice(0, index + 1)) granted.add(scope);
  }
  return granted;
}
