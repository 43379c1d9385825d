import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../scripts/wrangler.ts";

const made = "wrangler.bench.toml";

/**
 * Writes the service's own configuration without rate limits, beside the original so that its paths hold, and gives its
 * name. No measurement could go beyond them; and their local emulation, unlike the platform's, is a Durable Object that
 * writes a row for each request, which would be measured instead of the service.
 */
export function unlimitedConfig(): string {
  const original = readFileSync(join(projectRoot, "wrangler.toml"), "utf8");
  // Those of production and of the environment beside it, four each.
  const limits = /^\[\[(?:env\.\w+\.)?ratelimits\]\]\n(?:\w.*\n)+/gm;
  if (original.match(limits)?.length !== 8) throw new Error("wrangler.toml has other limits than expected.");
  const file = join(projectRoot, made);
  const text = original.replaceAll(limits, "");
  // A service that runs already begins anew when its configuration is written, even with what it was.
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  return made;
}
