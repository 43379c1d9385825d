/** `npm run console:pictures`: takes the pictures of docs/console.md anew. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommand } from "../arguments.ts";
import { consolePicturesCommand } from "../commands.ts";
import { runMain } from "../failure.ts";
import { signalled } from "../signals.ts";
import { startOwn } from "../start/own-service.ts";
import { findChromium } from "../test/chromium.ts";
import { configFile, projectRoot } from "../wrangler.ts";
import { launchBrowser } from "./browser.ts";
import { bringIn } from "./collection/bring-in.ts";
import { takePictures } from "./take-pictures.ts";

process.exitCode = await runMain(async () => {
  const { positionals } = readCommand(consolePicturesCommand, process.argv.slice(2));
  const target = positionals[0] ?? join(projectRoot, "docs", "console");
  // Who has no Chromium hears so before anything is started.
  findChromium(process.env);
  const folder = await mkdtemp(join(tmpdir(), "tagline-pictures-"));
  try {
    const service = await startOwn({ folder, env: process.env, stop: signalled() });
    try {
      const { key, url } = service;
      await bringIn({ url: url.href, key, config: configFile(folder) });
      const browser = await launchBrowser();
      try {
        await takePictures(browser, { url: url.href, key }, target);
      } finally {
        await browser.close();
      }
    } finally {
      await service.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  return 0;
});
