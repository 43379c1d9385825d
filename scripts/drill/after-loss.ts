import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ingestAndFollow } from "../ingest/ingest.ts";
import { restoreMedia } from "../restore/restore.ts";
import { allMedia, archiveOf, remember, type DrillMedia, type Remembered } from "./archive.ts";
import { linesWithKeys } from "./amended-lines.ts";
import { differences, expectedAfter } from "./compare.ts";
import { movedBy, planMoves, renamings, type Moves } from "./storage/moves.ts";
import { exportOf, folderOf, runCommand, tableOf, withService, type Drill } from "./services.ts";
import { moveObjects, storedObjects, withStorage, type StoredObject } from "./storage/storage.ts";

/** How the second service brought back what the first one had. */
export interface AfterLoss {
  readonly found: readonly string[];
  /** How many photos had moved between export and restore, and how many of them a restore alone cannot tell. */
  readonly moved: number;
  readonly unclear: number;
}

/**
 * Begins with the objects of the first service and no database, has photos move that the export still has under their old
 * keys, ingests and restores.
 */
export async function loseAndRestore(drill: Drill, exported: readonly Remembered[]): Promise<AfterLoss> {
  const { surroundings } = drill;
  const [first, second] = [folderOf(drill, "first"), folderOf(drill, "second")];
  surroundings.say(
    "The database is lost: a second service begins with the stored objects and an empty database.",
  );
  await cp(join(first, storedObjects), join(second, storedObjects), { recursive: true });
  surroundings.say("Photos have moved in the storage since the export.");
  const { moves, objects } = await withStorage(second, async (storage) => {
    const planned = planMoves(
      (await storage.list()).map(({ key }) => key),
      renamings.afterExport,
    );
    await moveObjects(storage, planned);
    return { moves: planned, objects: await storage.list() };
  });
  const unclear = unclearAmong(exported, moves, objects);
  const code = unclear.size === 0 ? 0 : 1;
  return withService(drill, "second", async (service) => {
    const archive = archiveOf(service, surroundings.stop);
    await runCommand(drill, service, { run: ingestAndFollow, argv: [] });
    await runCommand(drill, service, { run: restoreMedia, argv: [exportOf(drill), "--history"], code });
    const found = describedByMistake(await allMedia(archive), new Set(unclear.values()));
    if (unclear.size > 0) {
      surroundings.say(
        `${unclear.size} photos have moved since the export that share their bytes with another one: the restore does not guess which is which. Their lines are sent again with the keys where the photos are now.`,
      );
      const amended = join(drill.folder, "moved-copies.ndjson");
      const lines = gunzipSync(await readFile(exportOf(drill)));
      await writeFile(amended, linesWithKeys(lines, unclear));
      await runCommand(drill, service, { run: restoreMedia, argv: [amended, "--history"] });
    }
    // A table that brought other words would make a revision.
    await runCommand(drill, service, { run: restoreMedia, argv: [tableOf(drill)], code });
    found.push(...differences(expectedAfter(exported, moves), await remember(archive), "key"));
    return { found, moved: countMoved(exported, moves), unclear: unclear.size };
  });
}

/** The new keys, by id, of moved photos with the same bytes as another object of the storage. */
function unclearAmong(
  exported: readonly Remembered[],
  moves: Moves,
  objects: readonly StoredObject[],
): Map<string, string> {
  const contents = new Map(objects.map(({ key, content }) => [key, content]));
  const counts = new Map<string, number>();
  for (const { content } of objects) counts.set(content, (counts.get(content) ?? 0) + 1);
  const unclear = new Map<string, string>();
  for (const { media } of exported) {
    const key = movedBy(moves, media.object_key);
    if (key !== media.object_key && (counts.get(contents.get(key) ?? "") ?? 0) > 1)
      unclear.set(media.id, key);
  }
  return unclear;
}

/** Of photos that no line can be told to belong to, those that got words all the same: they would be another photo's. */
function describedByMistake(media: readonly DrillMedia[], unclear: ReadonlySet<string>): string[] {
  return media
    .filter(({ object_key: key, revision }) => unclear.has(key) && revision > 0)
    .map(({ provider, object_key: key }) => `${provider}:${key}: has the words of another photo`);
}

function countMoved(photos: readonly Remembered[], moves: Moves): number {
  return photos.filter(({ media }) => movedBy(moves, media.object_key) !== media.object_key).length;
}
