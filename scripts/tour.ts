/** `npm run tour:photo`: draws the photo of the README's tour anew. */
import { join } from "node:path";
import { readCommand } from "./arguments.ts";
import { tourCommand } from "./commands.ts";
import { runMain } from "./failure.ts";
import { drawTourPhoto } from "./tour/photo.ts";
import { projectRoot } from "./wrangler.ts";

process.exitCode = await runMain(async () => {
  readCommand(tourCommand, process.argv.slice(2));
  await drawTourPhoto(join(projectRoot, "docs", "tour.jpg"));
  return 0;
});
