import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import type { Tagline } from "../../packages/client/src/index.ts";
import { exportMedia } from "../export/export.ts";
import { Failure } from "../failure.ts";
import { importPhotos, type ImportSurroundings } from "../import/import.ts";
import { ingestAndFollow } from "../ingest/ingest.ts";
import { restoreMedia } from "../restore/restore.ts";
import { startOwn, type OwnService } from "../start/own-service.ts";
import { allMedia, archiveOf, historyOf, told } from "./archive.ts";
import { differences, type Remembered } from "./compare.ts";
import { describeAll } from "./describe.ts";
import { drillOptions } from "./options.ts";

/** What a drill needs of its surroundings. */
export type DrillSurroundings = Omit<ImportSurroundings, "clock" | "root">;

/** Where miniflare keeps the objects of R2 below a service's folder. */
const stored = [".wrangler", "state", "v3", "r2"] as const;
/** How many differences are told. */
const toldDifferences = 20;

/** A drill under way. */
interface Drill {
  readonly surroundings: DrillSurroundings;
  /** Of its own, for both services, the photos and the export. */
  readonly folder: string;
  readonly photos: number;
}

/** Loses a database and brings everything back, in services of its own; says how it went, and gives the exit code. */
export async function runDrill(surroundings: DrillSurroundings): Promise<number> {
  const { argv, say, stop } = surroundings;
  const { photos, keep } = drillOptions(argv);
  const folder = await mkdtemp(join(tmpdir(), "tagline-drill-"));
  const drill: Drill = { surroundings, folder, photos };
  try {
    const before = await describeAndExport(drill);
    say("The database is lost: a second service begins with the stored objects and an empty database.");
    await cp(join(folder, "first", ...stored), join(folder, "second", ...stored), { recursive: true });
    const found = differences(before, await ingestAndRestore(drill));
    for (const line of found.slice(0, toldDifferences)) say(line);
    if (found.length > toldDifferences) say(`… and ${found.length - toldDifferences} more`);
    const revisions = before.reduce((sum, { history }) => sum + history.length, 0);
    say(
      found.length === 0
        ? `The words of all ${before.length} photos are back, and their ${revisions} revisions.`
        : `${found.length} differences in ${before.length} photos.`,
    );
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

/** Runs something with a service of its own in a folder, which it leaves. */
async function withService<T>(
  { surroundings, folder }: Drill,
  name: string,
  use: (service: OwnService) => Promise<T>,
): Promise<T> {
  const { env, say, stop } = surroundings;
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  say(`Starting the ${name} service …`);
  const service = await startOwn({ folder: own, env, stop });
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}

/** Runs a command against a service as a person would; it has to go well. */
async function command(
  { surroundings }: Drill,
  run: (surroundings: ImportSurroundings) => Promise<number>,
  { url, key }: OwnService,
  ...argv: readonly string[]
): Promise<void> {
  const code = await run({ ...surroundings, argv: [...argv, "--url", url.href, "--key", key] });
  surroundings.stop.throwIfAborted();
  if (code !== 0) throw new Failure(`\`${argv.join(" ")}\` ended with ${code}.`);
}

async function describeAndExport(drill: Drill): Promise<Remembered[]> {
  const { surroundings, folder } = drill;
  const photos = join(folder, "photos");
  await drawPhotos(photos, drill.photos);
  return withService(drill, "first", async (service) => {
    await command(drill, importPhotos, service, photos);
    const archive = archiveOf(service, surroundings.stop);
    surroundings.say("Describing the photos …");
    const media = await allMedia(archive);
    await told(() => describeAll(archive, media));
    await command(drill, exportMedia, service, join(folder, "all.ndjson.gz"), "--history");
    await command(drill, exportMedia, service, join(folder, "all.csv"));
    return remember(archive);
  });
}

async function ingestAndRestore(drill: Drill): Promise<Remembered[]> {
  return withService(drill, "second", async (service) => {
    await command(drill, ingestAndFollow, service);
    await command(drill, restoreMedia, service, join(drill.folder, "all.ndjson.gz"), "--history");
    // A table that brought other words would make a revision.
    await command(drill, restoreMedia, service, join(drill.folder, "all.csv"));
    return remember(archiveOf(service, drill.surroundings.stop));
  });
}

async function remember(archive: Tagline): Promise<Remembered[]> {
  const remembered: Remembered[] = [];
  for (const media of await allMedia(archive))
    remembered.push({ media, history: await historyOf(archive, media.id) });
  return remembered;
}

/** Photos that differ from one another, a caption in some of them, and some that are the same as the one before. */
async function drawPhotos(folder: string, count: number): Promise<void> {
  await mkdir(join(folder, "Sub folder"), { recursive: true });
  let bytes = Buffer.alloc(0);
  for (let index = 0; index < count; index += 1) {
    if (index % 10 !== 9) {
      const background = { r: (index * 37) % 256, g: (index * 91) % 256, b: index % 256 };
      const size = { width: 64 + (index % 64), height: 48 };
      const photo = sharp({ create: { ...size, channels: 3, background } });
      const caption = `Caption of photo ${index}`;
      const described = index % 4 === 0 ? photo.withExif({ IFD0: { ImageDescription: caption } }) : photo;
      bytes = await described.jpeg().toBuffer();
    }
    const name = `${index % 2 === 0 ? "" : "Sub folder/"}${String(index).padStart(5, "0")} ü.jpg`;
    await writeFile(join(folder, name), bytes);
  }
}
