/** `npm run dropbox:stand-in -- FOLDER`: serves a folder of this machine as if it were a Dropbox, for trying things out. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";

import { commandLine } from "../../../../scripts/command-line.ts";
import { standInCommand } from "../../../../scripts/commands.ts";
import { serveStandIn } from "./server.ts";
import { DropboxStandIn } from "../stand-in.ts";

const [given = "."] = commandLine(standInCommand).positionals;
const folder = resolve(process.env["INIT_CWD"] ?? ".", given);
const standIn = new DropboxStandIn();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile()) standIn.tree.put(path.slice(folder.length).replaceAll(sep, "/"), readFileSync(path));
}
const { registration } = standIn.authority;
const { url } = await serveStandIn(standIn, 8790);
process.stdout.write(
  [
    `${folder} is served as a Dropbox. In .dev.vars:`,
    `  DROPBOX_API_URL=${url}`,
    `  DROPBOX_CONTENT_URL=${url}`,
    `  DROPBOX_APP_KEY=${registration.appKey}`,
    `  DROPBOX_APP_SECRET=${registration.appSecret}`,
    `  DROPBOX_REFRESH_TOKEN=${registration.refreshToken}`,
    "Stop it with Ctrl-C.",
    "",
  ].join("\n"),
);
