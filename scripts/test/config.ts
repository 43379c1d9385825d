import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TomlTable } from "smol-toml";
import { projectRoot } from "../wrangler.ts";
import { readToml, relocated, writeConfig } from "../wrangler-config.ts";

/** What the Worker reads in tests, all of it: settings of one's own in wrangler.toml must not change what they see. */
const vars = {
  LOG_LEVEL: "info",
  CORS_ALLOWED_ORIGINS: "",
  ACCESS_SCOPES: "",
  STORAGE_PROVIDERS: '[{"name":"r2","type":"r2","binding":"MEDIA_BUCKET"}]',
  MAX_UPLOAD_BYTES: "104857600",
  MAX_PROCESS_BYTES: "41943040",
  MAX_PIXELS: "200000000",
  TRASH_DAYS: "30",
  API_KEYS:
    "reader:read:read-key-000000000000000000000000000,writer:write:write-key-00000000000000000000000000,admin:admin:admin-key-00000000000000000000000000",
  SIGNING_SECRET: "a-signing-secret-for-tests-000000000000",
};

/** Parts of wrangler.toml that say where the Worker runs, not what it is. */
const elsewhere = new Set(["build", "env", "account_id", "route", "routes"]);

/**
 * The configuration that tests run with: the bindings of wrangler.toml, and the tests' own values. It lies in a folder
 * of its own, since wrangler reads the .dev.vars and .env beside it. Gives its path.
 */
export function testConfig(root = projectRoot, folder = join(root, ".wrangler", "tests")): string {
  const config = relocated(readToml(join(root, "wrangler.toml")) ?? {}, root, folder);
  const own: TomlTable = Object.fromEntries(Object.entries(config).filter(([name]) => !elsewhere.has(name)));
  mkdirSync(folder, { recursive: true });
  return writeConfig(join(folder, "wrangler.json"), { ...own, vars });
}
