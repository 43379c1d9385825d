import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loseAndRestore, type AfterLoss } from "./after-loss.ts";
import { liveAndExport, type BeforeLoss } from "./before-loss.ts";
import { drillOptions } from "./options.ts";
import type { Drill, DrillSurroundings } from "./services.ts";

/** How many differences are told. */
const toldDifferences = 20;

/** Loses a database and brings everything back, in services of its own; says how it went, and gives the exit code. */
export async function runDrill(surroundings: DrillSurroundings): Promise<number> {
  const { argv, say, stop } = surroundings;
  const { photos, keep } = drillOptions(argv);
  const folder = await mkdtemp(join(tmpdir(), "tagline-drill-"));
  const drill: Drill = { surroundings, folder, photos };
  try {
    const before = await liveAndExport(drill);
    const after = await loseAndRestore(drill, before.exported);
    const found = [...before.found, ...after.found];
    for (const line of found.slice(0, toldDifferences)) say(line);
    if (found.length > toldDifferences) say(`… and ${found.length - toldDifferences} more`);
    for (const line of found.length === 0 ? successOf(before, after) : [`${found.length} differences.`])
      say(line);
    return found.length === 0 ? 0 : 1;
  } catch (error) {
    if (!stop.aborted) throw error;
    say("Stopped.");
    return 130;
  } finally {
    if (keep) say(`Everything of the drill is in ${folder}.`);
    else await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** What was compared, and was the same. */
function successOf({ exported, ...before }: BeforeLoss, after: AfterLoss): string[] {
  const revisions = exported.reduce((sum, { history }) => sum + history.length, 0);
  return [
    `Before the loss ${before.moved} photos moved and ${before.returned} vanished and came back: all kept their ids, words and history; ${before.decided} of them had the same bytes as another one that moved, and were told where they are.`,
    `Between export and restore ${after.moved} photos moved, ${after.unclear} of them with the same bytes as another one.`,
    `The words of all ${exported.length} photos are back with the photos, and their ${revisions} revisions.`,
  ];
}
