import { z } from "zod";

import { dropboxProviderConfig, type DropboxProviderConfig, readDropbox } from "./dropbox.ts";
import { sidecarMode } from "./sidecar-mode.ts";
import { type ConfigSource, parseJsonArray, providerName, type Report, text } from "./source.ts";

const r2ProviderConfig = z.strictObject({
  name: providerName,
  type: z.literal("r2"),
  binding: z.string().min(1),
  prefix: z.string().default(""),
  sidecars: sidecarMode,
});

/** A storage provider of type `r2`: a bucket binding and what is put before every object key. */
export type R2ProviderConfig = z.infer<typeof r2ProviderConfig>;

const providerEntry = z.discriminatedUnion("type", [r2ProviderConfig, dropboxProviderConfig]);

/** A configured storage provider, by type. */
export type ProviderConfig =
  | Exclude<z.infer<typeof providerEntry>, { type: "dropbox" }>
  | DropboxProviderConfig;

const defaultProviders: ProviderConfig[] = [
  { name: "r2", type: "r2", binding: "MEDIA_BUCKET", prefix: "", sidecars: "read" },
];

/** The storage providers of `STORAGE_PROVIDERS`, the first of which takes uploads; an entry that is not valid is reported and left out. */
export function readProviders(source: ConfigSource, report: Report): ProviderConfig[] {
  const value = text(source, "STORAGE_PROVIDERS");
  if (value === "") return defaultProviders;
  const entries = parseJsonArray(value);
  if (entries === null) {
    report("STORAGE_PROVIDERS must be a JSON array; the service has no storage provider.");
    return [];
  }
  const taken = new Set<string>();
  return entries.flatMap((entry, index) => {
    const parsed = providerEntry.safeParse(entry);
    const place = `STORAGE_PROVIDERS entry ${index + 1}`;
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join(".");
      report(`${place} is not valid${where ? ` (${where})` : ""} and is ignored.`);
      return [];
    }
    if (taken.has(parsed.data.name)) {
      report(`${place} repeats the name of an earlier entry and is ignored.`);
      return [];
    }
    const config =
      parsed.data.type === "dropbox" ? readDropbox(source, parsed.data, place, report) : parsed.data;
    if (config !== null) taken.add(config.name);
    return config ?? [];
  });
}
