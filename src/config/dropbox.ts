import { z } from "zod";

import { withoutOuterSlashes } from "../core/text/address.ts";
import { sidecarMode, type SidecarMode } from "./sidecar-mode.ts";
import { providerName, type ConfigSource, mustBeSafe, readUrl, type Report, text } from "./source.ts";

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

/** An entry of `STORAGE_PROVIDERS` for a Dropbox, as an operator writes it; `credentials` is how the names of its secrets begin. */
export const dropboxProviderConfig = z.strictObject({
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
  sidecars: sidecarMode,
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
  readonly sidecars: SidecarMode;
}

/** Joins an entry with the secrets and hosts that it needs; null, with a report that names `place`, where one is lacking. */
export function readDropbox(
  source: ConfigSource,
  entry: z.infer<typeof dropboxProviderConfig>,
  place: string,
  report: Report,
): DropboxProviderConfig | null {
  const names = ["APP_KEY", "APP_SECRET", "REFRESH_TOKEN"].map((name) => `${entry.credentials}_${name}`);
  const missing = names.filter((name) => text(source, name) === "");
  const apiUrl = readUrl(source, "DROPBOX_API_URL", "https://api.dropboxapi.com");
  const contentUrl = readUrl(source, "DROPBOX_CONTENT_URL", "https://content.dropboxapi.com");
  if (missing.length > 0) report(`${place} needs ${missing.join(", ")} and is ignored.`);
  if (apiUrl === null) report(`DROPBOX_API_URL ${mustBeSafe}; ${place} is ignored.`);
  if (contentUrl === null) report(`DROPBOX_CONTENT_URL ${mustBeSafe}; ${place} is ignored.`);
  if (missing.length > 0 || apiUrl === null || contentUrl === null) return null;
  const [appKey = "", appSecret = "", refreshToken = ""] = names.map((name) => text(source, name));
  const { name, type, root, path_root: pathRoot = null } = entry;
  const credentials = { appKey, appSecret, refreshToken };
  const sidecars = readableMode(entry.sidecars, place, report);
  return { name, type, root, pathRoot, credentials, apiUrl, contentUrl, sidecars };
}

/** A Dropbox is read only, and so are its sidecars. */
function readableMode(mode: SidecarMode, place: string, report: Report): SidecarMode {
  if (mode !== "write") return mode;
  report(`${place} cannot have its sidecars written, since a Dropbox is read-only; the service reads them.`);
  return "read";
}
