/** `npm run dev:console`: the console with every change of its source at once, before a service that runs. */
import { once } from "node:events";
import { createServer } from "vite";
import { join } from "node:path";
import { readCommand } from "../arguments.ts";
import { devConsoleCommand } from "../commands.ts";
import { runMain } from "../failure.ts";
import { signalled } from "../signals.ts";
import { projectRoot } from "../wrangler.ts";

process.exitCode = await runMain(async () => {
  const { url } = readCommand(devConsoleCommand, process.argv.slice(2)).values;
  const stop = signalled();
  // The configuration of Vite reads it.
  process.env["TAGLINE_URL"] = url;
  const server = await createServer({ configFile: join(projectRoot, "console", "vite.config.ts") });
  await server.listen();
  server.printUrls();
  if (!stop.aborted) await once(stop, "abort");
  await server.close();
  return 0;
});
