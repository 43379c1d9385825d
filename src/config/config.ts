import { z } from "zod";

import { isSafeForSecrets, withoutFinalSlashes, withoutOuterSlashes } from "../core/text/address.ts";
import { logLevels, type LogLevel } from "../core/log.ts";

/** What a key allows; each includes those before it. */
export const scopes = ["read", "write", "admin"] as const;

/** One of {@link scopes}. */
export type Scope = (typeof scopes)[number];

/** A key that callers may present. Only `name` is ever logged. */
export interface ApiKey {
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly key: string;
}

const providerName = z.string().regex(/^[a-z0-9-]{1,32}$/, "1-32 characters of a-z, 0-9 and -");

const r2ProviderConfig = z.strictObject({
  name: providerName,
  type: z.literal("r2"),
  binding: z.string().min(1),
  prefix: z.string().default(""),
});

/** A storage provider of type `r2`: a bucket binding and what is put before every object key. */
export type R2ProviderConfig = z.infer<typeof r2ProviderConfig>;

/** The secrets of the OAuth refresh-token flow: an app's key and secret, and what an account has granted it. */
export interface DropboxCredentials {
  readonly appKey: string;
  readonly appSecret: string;
  readonly refreshToken: string;
}

/** A path of folders as people write it: with or without slashes at its ends. Kept as `/a/b`, or empty for all. */
const folderPath = z
  .string()
  .transform(withoutOuterSlashes)
  .refine((path) => path === "" || !path.split("/").some((name) => ["", ".", ".."].includes(name)))
  .transform((path) => (path === "" ? "" : `/${path}`));

const dropboxProviderConfig = z.strictObject({
  name: providerName,
  type: z.literal("dropbox"),
  root: folderPath.default(""),
  path_root: z
    .string()
    .regex(/^[-_0-9a-zA-Z:]+$/, "a namespace id")
    .optional(),
  credentials: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "the prefix of names of secrets")
    .default("DROPBOX"),
});

/** A storage provider of type `dropbox`, with its secrets and the hosts to ask. */
export interface DropboxProviderConfig {
  readonly name: string;
  readonly type: "dropbox";
  /** `/a/b`, or empty for everything that the app can see. */
  readonly root: string;
  /** The namespace that `root` lies in; null for the account's home. */
  readonly pathRoot: string | null;
  readonly credentials: DropboxCredentials;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly contentUrl: string;
}

const providerEntry = z.discriminatedUnion("type", [r2ProviderConfig, dropboxProviderConfig]);

/** A configured storage provider, by type. */
export type ProviderConfig =
  | Exclude<z.infer<typeof providerEntry>, { type: "dropbox" }>
  | DropboxProviderConfig;

/** The parsed, complete configuration. Times and sizes carry their unit in their names. */
export interface Config {
  readonly logLevel: LogLevel;
  readonly apiKeys: readonly ApiKey[];
  /** Signs links and cursors; null where none is configured, and then nothing can be signed. */
  readonly signingSecret: string | null;
  /** Still accepted for what was signed before a rotation. */
  readonly previousSigningSecret: string | null;
  readonly providers: readonly ProviderConfig[];
  /** Whose pages may call the API (CORS): exact origins, none by default, or everybody's. */
  readonly corsOrigins: readonly string[] | "*";
  readonly maxUploadBytes: number;
  readonly maxProcessBytes: number;
  readonly maxPixels: number;
  /** The commit that this Worker was built from, 7–40 hexadecimal digits in lower case; null where nobody told. */
  readonly commit: string | null;
  /** One sentence for each value that does not fit: names the variable, never its content. */
  readonly problems: readonly string[];
}

/** Names of variables and secrets that {@link readConfig} reads. All arrive as text; anything else is a misconfiguration. */
export type ConfigSource = Readonly<Record<string, unknown>>;

const minimalSecretLength = 32;

/**
 * Reads the configuration from the Worker's environment: the only place that does.
 * Never throws: what does not fit is left out or replaced by its default and reported in `problems`.
 */
export function readConfig(source: ConfigSource): Config {
  const problems: string[] = [];
  const report = (problem: string): void => void problems.push(problem);
  return Object.freeze({
    logLevel: readLogLevel(source, report),
    apiKeys: readApiKeys(source, report),
    signingSecret: readSecret(source, "SIGNING_SECRET", true, report),
    previousSigningSecret: readSecret(source, "SIGNING_SECRET_PREVIOUS", false, report),
    providers: readProviders(source, report),
    corsOrigins: readCorsOrigins(source, report),
    maxUploadBytes: readCount(source, "MAX_UPLOAD_BYTES", 104_857_600, report),
    maxProcessBytes: readCount(source, "MAX_PROCESS_BYTES", 41_943_040, report),
    maxPixels: readCount(source, "MAX_PIXELS", 200_000_000, report),
    commit: readCommit(source),
    problems,
  });
}

type Report = (problem: string) => void;

function text(source: ConfigSource, name: string): string {
  const value = source[name];
  return typeof value === "string" ? value.trim() : "";
}

function readLogLevel(source: ConfigSource, report: Report): LogLevel {
  const value = text(source, "LOG_LEVEL");
  if (value === "") return "info";
  const level = logLevels.find((each) => each === value);
  if (level === undefined) report(`LOG_LEVEL must be one of ${logLevels.join(", ")}; "info" is used.`);
  return level ?? "info";
}

function readCount(source: ConfigSource, name: string, fallback: number, report: Report): number {
  const value = text(source, name);
  if (value === "") return fallback;
  if (/^[1-9][0-9]{0,14}$/.test(value)) return Number(value);
  report(`${name} must be a positive whole number; ${fallback} is used.`);
  return fallback;
}

/** What is no commit is as good as none: it tells people something and changes nothing. */
function readCommit(source: ConfigSource): string | null {
  const value = text(source, "COMMIT").toLowerCase();
  return /^[0-9a-f]{7,40}$/.test(value) ? value : null;
}

function readSecret(source: ConfigSource, name: string, required: boolean, report: Report): string | null {
  const value = text(source, name);
  if (value.length >= minimalSecretLength) return value;
  if (value !== "") report(`${name} must have at least ${minimalSecretLength} characters and is ignored.`);
  else if (required) report(`${name} is not set, so cursors and links cannot be signed.`);
  return null;
}

/** What callers present is digested, so it is bounded, and no key may be longer. */
export const longestKeyCharacters = 1024;

function readApiKeys(source: ConfigSource, report: Report): ApiKey[] {
  const value = text(source, "API_KEYS");
  const entries = value === "" ? [] : value.split(",");
  const taken = new Set<string>();
  const keys = entries.flatMap((entry, index) => {
    const parsed = parseApiKey(entry.trim());
    const isRepeated = parsed !== null && taken.has(parsed.key);
    const problem = isRepeated ? "repeats the KEY of an earlier one" : "does not fit NAME:SCOPES:KEY";
    if (parsed === null || isRepeated) {
      report(`API_KEYS entry ${index + 1} ${problem} and is left out.`);
      return [];
    }
    taken.add(parsed.key);
    return parsed;
  });
  if (keys.length === 0) report("API_KEYS holds no valid key, so every /v1 request is refused.");
  return keys;
}

function parseApiKey(entry: string): ApiKey | null {
  const match = /^([a-z0-9-]{1,32}):([a-z+]+):(\S{32,})$/.exec(entry);
  const [, name, scopeList, key] = match ?? [];
  if (name === undefined || scopeList === undefined || key === undefined) return null;
  if (key.length > longestKeyCharacters) return null;
  const granted = new Set<Scope>();
  for (const word of scopeList.split("+")) {
    const index = scopes.findIndex((scope) => scope === word);
    if (index < 0) return null;
    for (const scope of scopes.slice(0, index + 1)) granted.add(scope);
  }
  return { name, scopes: granted, key };
}

function readCorsOrigins(source: ConfigSource, report: Report): readonly string[] | "*" {
  const value = text(source, "CORS_ALLOWED_ORIGINS");
  if (value === "*") return "*";
  const entries = value === "" ? [] : value.split(",").map((entry) => entry.trim());
  return entries.filter((entry, index) => {
    const fits = isOrigin(entry);
    if (!fits) {
      const place = `CORS_ALLOWED_ORIGINS entry ${index + 1}`;
      report(`${place} is no origin such as https://photos.example.org and is left out; * stands alone.`);
    }
    return fits;
  });
}

/** True for an origin as browsers send it: nothing after the port, and none that is the scheme's own. */
function isOrigin(entry: string): boolean {
  const url = URL.parse(entry);
  return url !== null && /^https?:\/\/[^*]+$/.test(entry) && url.origin === entry;
}

const defaultProviders: ProviderConfig[] = [{ name: "r2", type: "r2", binding: "MEDIA_BUCKET", prefix: "" }];

function readProviders(source: ConfigSource, report: Report): ProviderConfig[] {
  const value = text(source, "STORAGE_PROVIDERS");
  if (value === "") return defaultProviders;
  const entries = parseJsonArray(value);
  if (entries === null) {
    report("STORAGE_PROVIDERS must be a JSON array; no storage provider is available.");
    return [];
  }
  const taken = new Set<string>();
  return entries.flatMap((entry, index) => {
    const parsed = providerEntry.safeParse(entry);
    const place = `STORAGE_PROVIDERS entry ${index + 1}`;
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join(".");
      report(`${place} does not fit${where ? ` (${where})` : ""} and is left out.`);
      return [];
    }
    if (taken.has(parsed.data.name)) {
      report(`${place} repeats the name of an earlier one and is left out.`);
      return [];
    }
    const config =
      parsed.data.type === "dropbox" ? readDropbox(source, parsed.data, place, report) : parsed.data;
    if (config !== null) taken.add(config.name);
    return config ?? [];
  });
}

function readDropbox(
  source: ConfigSource,
  entry: z.infer<typeof dropboxProviderConfig>,
  place: string,
  report: Report,
): DropboxProviderConfig | null {
  const names = ["APP_KEY", "APP_SECRET", "REFRESH_TOKEN"].map((name) => `${entry.credentials}_${name}`);
  const missing = names.filter((name) => text(source, name) === "");
  const apiUrl = readUrl(source, "DROPBOX_API_URL", "https://api.dropboxapi.com");
  const contentUrl = readUrl(source, "DROPBOX_CONTENT_URL", "https://content.dropboxapi.com");
  if (missing.length > 0) report(`${place} needs ${missing.join(", ")} and is left out.`);
  if (apiUrl === null) report(`DROPBOX_API_URL ${mustBeSafe}; ${place} is left out.`);
  if (contentUrl === null) report(`DROPBOX_CONTENT_URL ${mustBeSafe}; ${place} is left out.`);
  if (missing.length > 0 || apiUrl === null || contentUrl === null) return null;
  const [appKey = "", appSecret = "", refreshToken = ""] = names.map((name) => text(source, name));
  const { name, type, root, path_root: pathRoot = null } = entry;
  return { name, type, root, pathRoot, credentials: { appKey, appSecret, refreshToken }, apiUrl, contentUrl };
}

const mustBeSafe = "must be an https address, or http on this very machine";

/** An address that paths are put onto and secrets are sent to; null where it is none. */
function readUrl(source: ConfigSource, name: string, fallback: string): string | null {
  const url = URL.parse(text(source, name) || fallback);
  if (url === null || !isSafeForSecrets(url) || url.search !== "" || url.hash !== "") return null;
  return withoutFinalSlashes(url.href);
}

function parseJsonArray(value: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
