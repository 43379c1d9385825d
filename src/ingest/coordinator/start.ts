import { newMediaId } from "../../core/media-id.ts";
import type { Services } from "../../services.ts";
import { isDelta } from "../../storage/provider.ts";
import type { StartResult } from "../../protocol/coordinator.ts";
import type { NamedTask } from "../../protocol/messages.ts";
import type { Run } from "../../protocol/run.ts";
import { firstDeltaTask, firstListTask, scanTask } from "../../protocol/tasks.ts";
import { sweepTasks } from "../scanning/sweep-deleted.ts";

/** What an ingest is to walk. */
export interface IngestOptions {
  /** Names; all configured providers where none is given. */
  readonly providers?: readonly string[] | undefined;
  /** Of the object keys. */
  readonly prefix?: string | undefined;
  /** List everything anew, also where a provider could tell what has changed. */
  readonly full?: boolean | undefined;
  /** Declare missing what the guard held back. */
  readonly confirmMissing?: boolean | undefined;
  /** While another run is on, let this one follow it: that one may have looked where something has changed since. */
  readonly follow?: boolean | undefined;
  readonly trigger: Run["trigger"];
}

/**
 * Starts an ingest unless something runs: one listing for each provider. The nightly one also sweeps what is left of
 * records that were deleted.
 */
export async function startIngest(services: Services, options: IngestOptions): Promise<StartResult> {
  const providers = options.providers ?? [...services.providers.keys()];
  const { trigger } = options;
  const listings = providers.map((provider) => firstTask(services, provider, options));
  const tasks = [...listings, ...(trigger === "cron" ? await sweepTasks(services) : [])];
  const input = { ...newRun(services), kind: "ingest" as const, trigger, providers, tasks };
  return options.follow === true
    ? services.coordinator.startOrFollow(input)
    : services.coordinator.start(input);
}

function firstTask(services: Services, provider: string, options: IngestOptions): NamedTask {
  const { prefix = "", full = false, confirmMissing = false } = options;
  const known = services.providers.get(provider);
  // Changes are told once and for all keys, so that no prefix can limit them.
  if (known !== undefined && isDelta(known)) return firstDeltaTask({ provider, full, confirmMissing });
  return firstListTask({ provider, prefix, confirmMissing });
}

/** What a database scan is to look for besides records that wait. */
export interface ScanOptions {
  readonly retryFailed?: boolean | undefined;
  readonly thumbnails?: boolean | undefined;
  /** Facts that an older version of the readers has read. */
  readonly facts?: boolean | undefined;
  readonly trigger: Run["trigger"];
}

/** Starts a scan of the records unless something runs. */
export async function startDatabaseScan(services: Services, options: ScanOptions): Promise<StartResult> {
  const { retryFailed = false, thumbnails = false, facts = false } = options;
  const tasks = [scanTask({ afterPk: 0, page: 0, retryFailed, thumbnails, facts })];
  const { trigger } = options;
  return services.coordinator.start({
    ...newRun(services),
    kind: "database_scan",
    trigger,
    providers: [],
    tasks,
  });
}

/** A run's id sorts by its start, as a record's does by its creation. */
function newRun(services: Services): { id: string; traceId: string } {
  return { id: newMediaId(), traceId: services.traceId };
}
