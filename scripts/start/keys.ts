import { readConfig } from "../../src/config/config.ts";
import { scopes, type ApiKey, type Scope } from "../../src/config/api-keys.ts";

/** The keys of a value of API_KEYS that the service accepts, and a sentence for each entry that it does not. */
export interface AcceptedKeys {
  readonly keys: readonly ApiKey[];
  readonly problems: readonly string[];
}

/** Reads a value of API_KEYS (`NAME:SCOPES:KEY,…`) as the service does. */
export function acceptedKeys(value: string): AcceptedKeys {
  const { apiKeys, problems } = readConfig({ API_KEYS: value });
  return { keys: apiKeys, problems: problems.filter((problem) => problem.startsWith("API_KEYS")) };
}

/** The widest scope of a key, which includes the others. */
export function scopeOf(key: ApiKey): Scope {
  return scopes.findLast((scope) => key.scopes.has(scope)) ?? "read";
}

/** The first key with the scope `admin` that the service accepts in a value of API_KEYS. */
export function adminKeyOf(apiKeys: string): string | undefined {
  return acceptedKeys(apiKeys).keys.find((key) => key.scopes.has("admin"))?.key;
}

/** What `npm run key` prints: a line for each key (name, widest scope, key), and a sentence for each entry that is none. */
export function keyLines(value: string): string[] {
  const { keys, problems } = acceptedKeys(value);
  const width = Math.max(0, ...keys.map(({ name }) => name.length));
  return [
    ...keys.map((key) => `${key.name.padEnd(width)}  ${scopeOf(key).padEnd(5)}  ${key.key}`),
    ...problems,
  ];
}
