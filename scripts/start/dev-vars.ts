import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { systemCode } from "../failure.ts";
import { adminKeyOf } from "./keys.ts";

const secrets = ["API_KEYS", "SIGNING_SECRET"] as const;

/** Where the local secrets lie; git ignores it. */
export const devVarsFile = ".dev.vars";

/** What the local secrets file holds, as far as the scripts need it. */
export interface DevVars {
  /** Whether the file was written just now. */
  created: boolean;
  /** The value of API_KEYS; empty where there is none. */
  apiKeys: string;
  /** A key with the scope `admin` that the service accepts, if the file has one. */
  adminKey: string | undefined;
  /** From where on the service logs, where the file says so. */
  logLevel: string | undefined;
  /** Secrets that the service needs and the file does not have. */
  missing: string[];
}

/** Of letters and digits only: one that began with a dash would be taken for a flag. */
function randomSecret(): string {
  return randomBytes(24).toString("hex");
}

function freshContent(): string {
  return [
    "# The secrets of the local service, made by `npm start`. Git ignores this file;",
    "# .dev.vars.example explains each of them.",
    `API_KEYS=local:admin:${randomSecret()}`,
    `SIGNING_SECRET=${randomSecret()}`,
    "",
  ].join("\n");
}

/** Reads a secrets file; undefined when there is none. */
export function readDevVars(path: string): Map<string, string> | undefined {
  try {
    const pairs = Object.entries(parseEnv(readFileSync(path, "utf8")));
    return new Map(pairs.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Puts a fresh secrets file in place, whole from the first moment; false if another start was quicker. Two that start
 * at once must end up with the same keys, and a link, unlike a rename, never replaces what is there.
 */
function createDevVars(path: string): boolean {
  const draft = `${path}.${process.pid}-${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, freshContent(), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Makes the secrets file with random keys when there is none, never touches one that exists. */
export function ensureDevVars(path: string): DevVars {
  const existing = readDevVars(path);
  const created = existing === undefined && createDevVars(path);
  const vars = existing ?? readDevVars(path) ?? new Map<string, string>();
  const apiKeys = vars.get("API_KEYS") ?? "";
  return {
    created,
    apiKeys,
    adminKey: adminKeyOf(apiKeys),
    logLevel: vars.get("LOG_LEVEL"),
    missing: secrets.filter((name) => !vars.has(name)),
  };
}
