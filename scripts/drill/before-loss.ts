import { join } from "node:path";
import { exportMedia } from "../export/export.ts";
import { importPhotos } from "../import/import.ts";
import { ingestAndFollow } from "../ingest/ingest.ts";
import type { OwnService } from "../start/own-service.ts";
import { allMedia, archiveOf, remember, told, type Remembered } from "./archive.ts";
import { differences, expectedAfter, relinkDifferences } from "./compare.ts";
import { describeAll } from "./describe.ts";
import { movedBy, planMoves, planReturn, planVanishing, renamings, type Moves } from "./storage/moves.ts";
import { drawPhotos } from "./storage/photos.ts";
import { exportOf, folderOf, runCommand, tableOf, withService, type Drill } from "./services.ts";
import { moveObjects, withStorage, type Taken } from "./storage/storage.ts";
import { decideUnclearMoves } from "./unclear.ts";

/** What the first service had before it lost its database, and what differed in it before. */
export interface BeforeLoss {
  /** The photos as they were exported. */
  readonly exported: readonly Remembered[];
  readonly found: readonly string[];
  /** How many photos had moved, how many of them only a person could tell, and how many had vanished for a while. */
  readonly moved: number;
  readonly decided: number;
  readonly returned: number;
}

/** What happened in the storage behind the first service. */
interface Changes {
  readonly moves: Moves;
  readonly vanished: Taken;
}

/** Describes photos, has them move, vanish and come back behind the service, and exports what the service knows then. */
export async function liveAndExport(drill: Drill): Promise<BeforeLoss> {
  const { say } = drill.surroundings;
  const described = await sendAndDescribe(drill);
  say("The service is stopped, and photos move in its storage; some vanish.");
  const { moves, vanished } = await changeStorage(drill);
  const missing = new Set(vanished.keys());
  const settled = await ingestMoves(drill, expectedAfter(described, moves, missing));
  say("The service is stopped, and what had vanished is put back, half of it under other keys.");
  const back = planReturn([...missing]);
  await withStorage(folderOf(drill, "first"), ({ put }) => put(vanished, back));
  const { exported, found } = await ingestAndExport(drill, expectedAfter(settled.photos, back));
  return {
    exported,
    found: [...settled.found, ...found],
    moved: described.filter(({ media }) => movedBy(moves, media.object_key) !== media.object_key).length,
    decided: settled.decided,
    returned: missing.size,
  };
}

async function sendAndDescribe(drill: Drill): Promise<Remembered[]> {
  const photos = join(drill.folder, "photos");
  await drawPhotos(photos, drill.photos);
  return withService(drill, "first", async (service) => {
    await runCommand(drill, service, { run: importPhotos, argv: [photos] });
    const archive = archiveOf(service, drill.surroundings.stop);
    drill.surroundings.say("Describing the photos …");
    const media = await allMedia(archive);
    await told(() => describeAll(archive, media));
    return remember(archive);
  });
}

async function changeStorage(drill: Drill): Promise<Changes> {
  return withStorage(folderOf(drill, "first"), async (storage) => {
    const keys = (await storage.list()).map(({ key }) => key);
    const moves = planMoves(keys, renamings.beforeExport);
    const vanished = await storage.takeAway(planVanishing(keys));
    await moveObjects(storage, moves);
    return { moves, vanished };
  });
}

/** An ingest after moves, and a person who decides what it did not guess. */
async function ingestMoves(
  drill: Drill,
  expected: readonly Remembered[],
): Promise<{ photos: Remembered[]; found: string[]; decided: number }> {
  return withService(drill, "first", async (service) => {
    const archive = await ingest(drill, service);
    const decided = await decideUnclearMoves(archive, expected);
    const photos = await remember(archive);
    const others = (all: readonly Remembered[]) => all.filter(({ media }) => !decided.has(media.id));
    const after = new Map(photos.map((each) => [each.media.id, each]));
    const relinked = expected.flatMap((was) => {
      const is = decided.has(was.media.id) ? after.get(was.media.id) : undefined;
      return is === undefined ? [] : relinkDifferences(was, is);
    });
    const found = [...differences(others(expected), others(photos), "id"), ...relinked];
    return { photos, found, decided: decided.size };
  });
}

async function ingestAndExport(
  drill: Drill,
  expected: readonly Remembered[],
): Promise<{ exported: Remembered[]; found: string[] }> {
  return withService(drill, "first", async (service) => {
    const archive = await ingest(drill, service);
    const exported = await remember(archive);
    await runCommand(drill, service, { run: exportMedia, argv: [exportOf(drill), "--history"] });
    await runCommand(drill, service, { run: exportMedia, argv: [tableOf(drill)] });
    return { exported, found: differences(expected, exported, "id") };
  });
}

async function ingest(drill: Drill, service: OwnService) {
  await runCommand(drill, service, { run: ingestAndFollow, argv: [] });
  return archiveOf(service, drill.surroundings.stop);
}
