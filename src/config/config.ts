import { type LogLevel, logLevels } from "../core/log.ts";
import { type AccessScopes, readAccessScopes } from "./access.ts";
import { type ApiKey, readApiKeys } from "./api-keys.ts";
import { type ProviderConfig, readProviders } from "./providers.ts";
import { type ConfigSource, readCount, readDays, readSecret, type Report, text } from "./source.ts";
import { readSuggestions, type SuggestionsConfig } from "./suggestions.ts";

/** The parsed, complete configuration. Times and sizes carry their unit in their names. */
export interface Config {
  readonly logLevel: LogLevel;
  readonly apiKeys: readonly ApiKey[];
  /** What people may do whom Cloudflare Access names; null where Access counts for nothing. */
  readonly accessScopes: AccessScopes | null;
  /** Signs links, cursors and sessions; null where none is configured, and then nothing can be signed. */
  readonly signingSecret: string | null;
  /** Still accepted for what was signed before a rotation. */
  readonly previousSigningSecret: string | null;
  readonly providers: readonly ProviderConfig[];
  /** Whose pages may call the API (CORS): exact origins, none by default, or everybody's. */
  readonly corsOrigins: readonly string[] | "*";
  readonly maxUploadBytes: number;
  readonly maxProcessBytes: number;
  readonly maxPixels: number;
  /** How long a record stays in the trash before the nightly run removes it for good; 0 where nothing goes into the trash. */
  readonly trashDays: number;
  /** Which models are asked for words; null where none is named, as by default. */
  readonly suggestions: SuggestionsConfig | null;
  /** The commit that this Worker was built from, 7–40 hexadecimal digits in lower case; null where nobody told. */
  readonly commit: string | null;
  /** One sentence for each value that does not fit: names the variable, never its content. */
  readonly problems: readonly string[];
}

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
    accessScopes: readAccessScopes(source, report),
    signingSecret: readSecret(source, "SIGNING_SECRET", true, report),
    previousSigningSecret: readSecret(source, "SIGNING_SECRET_PREVIOUS", false, report),
    providers: readProviders(source, report),
    corsOrigins: readCorsOrigins(source, report),
    maxUploadBytes: readCount(source, "MAX_UPLOAD_BYTES", 104_857_600, report),
    maxProcessBytes: readCount(source, "MAX_PROCESS_BYTES", 41_943_040, report),
    maxPixels: readCount(source, "MAX_PIXELS", 200_000_000, report),
    trashDays: readDays(source, "TRASH_DAYS", 30, report),
    suggestions: readSuggestions(source, report),
    commit: readCommit(source),
    problems,
  });
}

function readLogLevel(source: ConfigSource, report: Report): LogLevel {
  const value = text(source, "LOG_LEVEL");
  if (value === "") return "info";
  const level = logLevels.find((each) => each === value);
  if (level === undefined)
    report(`LOG_LEVEL must be one of ${logLevels.join(", ")}; the service uses "info".`);
  return level ?? "info";
}

/** The commit, or null for a text that is not a commit: the value only informs people and changes nothing. */
function readCommit(source: ConfigSource): string | null {
  const value = text(source, "COMMIT").toLowerCase();
  return /^[0-9a-f]{7,40}$/.test(value) ? value : null;
}

function readCorsOrigins(source: ConfigSource, report: Report): readonly string[] | "*" {
  const value = text(source, "CORS_ALLOWED_ORIGINS");
  if (value === "*") return "*";
  const entries = value === "" ? [] : value.split(",").map((entry) => entry.trim());
  return entries.filter((entry, index) => {
    const fits = isOrigin(entry);
    if (!fits) {
      const place = `CORS_ALLOWED_ORIGINS entry ${index + 1}`;
      report(
        `${place} is not an origin such as https://photos.example.org and is ignored; * must be the only entry.`,
      );
    }
    return fits;
  });
}

/** True for an origin as browsers send it: nothing after the port, and none that is the scheme's own. */
function isOrigin(entry: string): boolean {
  const url = URL.parse(entry);
  return url !== null && /^https?:\/\/[^*]+$/.test(entry) && url.origin === entry;
}
