import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { ImportSurroundings } from "../import/import.ts";
import { startOwn, type OwnService } from "../start/own-service.ts";

/** What a drill needs of its surroundings. */
export type DrillSurroundings = Omit<ImportSurroundings, "clock" | "root">;

/** The services of a drill: the one that loses its database, and the one that begins anew. */
export type ServiceName = "first" | "second";

/** A drill under way. */
export interface Drill {
  readonly surroundings: DrillSurroundings;
  /** Of its own, for both services, the photos and the export. */
  readonly folder: string;
  readonly photos: number;
}

/** The folder of a service, with its data. */
export function folderOf({ folder }: Drill, name: ServiceName): string {
  return join(folder, name);
}

/** The export of a drill, with the history of the words. */
export function exportOf({ folder }: Drill): string {
  return join(folder, "all.ndjson.gz");
}

/** The same export as a table, which has no history. */
export function tableOf({ folder }: Drill): string {
  return join(folder, "all.csv");
}

/** Runs something with a service of its own in its folder, which stays. */
export async function withService<T>(
  drill: Drill,
  name: ServiceName,
  use: (service: OwnService) => Promise<T>,
): Promise<T> {
  const { env, say, stop } = drill.surroundings;
  const folder = folderOf(drill, name);
  await mkdir(folder, { recursive: true });
  say(`Starting the ${name} service …`);
  const service = await startOwn({ folder, env, stop });
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}

/** A command of the project, run against a service of a drill. */
export interface DrillCommand {
  readonly run: (surroundings: ImportSurroundings) => Promise<number>;
  readonly argv: readonly string[];
  /** The exit code with which it has to end; 0 unless said otherwise. */
  readonly code?: number;
}

/** Runs a command against a service as a person would; it has to end as it is expected to. */
export async function runCommand(
  { surroundings }: Drill,
  { url, key }: OwnService,
  { run, argv, code = 0 }: DrillCommand,
): Promise<void> {
  const ended = await run({ ...surroundings, argv: [...argv, "--url", url.href, "--key", key] });
  surroundings.stop.throwIfAborted();
  if (ended !== code) throw new Failure(`\`${argv.join(" ")}\` ended with ${ended}, and not with ${code}.`);
}
