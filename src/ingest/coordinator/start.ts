import { newMediaId } from "../../core/media-id.ts";
import { wakeSuggestingIfPossible } from "../../media/suggestions/wake.ts";
import type { Services } from "../../services.ts";
import { isDelta } from "../../storage/provider.ts";
import type { StartResult } from "../../protocol/coordinator.ts";
import type { NamedTask } from "../../protocol/messages.ts";
import type { Run } from "../../protocol/run.ts";
import { firstDeltaTask, firstListTask, scanTask } from "../../protocol/tasks.ts";
import { purgeTrashTasks } from "../scanning/purge-trash.ts";
import { readTextsTasks } from "../scanning/read-texts.ts";
import { scanSuggestionsTasks } from "../scanning/scan-suggestions.ts";
import { sweepTasks } from "../scanning/sweep-deleted.ts";

/** The part of the storage that an ingest lists. */
export interface IngestOptions {
  /** The names of the providers; undefined for all configured providers. */
  readonly providers?: readonly string[] | undefined;
  /** The beginning of the object keys; undefined for all keys. */
  readonly prefix?: string | undefined;
  /** Whether everything is listed, even if a provider could tell its changes. */
  readonly full?: boolean | undefined;
  /** Whether the records that the outage guard held back are declared missing. */
  readonly confirmMissing?: boolean | undefined;
  /** Whether this run follows a run that is on, which may have listed an object before the object changed. */
  readonly follow?: boolean | undefined;
  readonly trigger: Run["trigger"];
}

/**
 * Starts an ingest unless a run is on: one listing for each provider. The nightly ingest also sweeps the thumbnails of
 * deleted records, purges the trash, reads records of older code for full text, and sees to it that models are asked about
 * photos that wait for that.
 */
export async function startIngest(services: Services, options: IngestOptions): Promise<StartResult> {
  const providers = options.providers ?? [...services.providers.keys()];
  const { trigger } = options;
  const listings = providers.map((provider) => firstTask(services, provider, options));
  const tasks = [...listings, ...(trigger === "cron" ? await nightlyTasks(services) : [])];
  const input = { ...newRun(services), kind: "ingest" as const, trigger, providers, tasks };
  return options.follow === true
    ? services.coordinator.startOrFollow(input)
    : services.coordinator.start(input);
}

async function nightlyTasks(services: Services): Promise<NamedTask[]> {
  await wakeSuggestingIfPossible(services);
  return [
    ...(await sweepTasks(services)),
    ...(await purgeTrashTasks(services)),
    ...(await readTextsTasks(services)),
  ];
}

function firstTask(services: Services, provider: string, options: IngestOptions): NamedTask {
  const { prefix = "", full = false, confirmMissing = false } = options;
  const known = services.providers.get(provider);
  // Changes are told once and for all keys, so that no prefix can limit them.
  if (known !== undefined && isDelta(known)) return firstDeltaTask({ provider, full, confirmMissing });
  return firstListTask({ provider, prefix, confirmMissing });
}

/** The records that a database scan looks for, besides records that wait. */
export interface ScanOptions {
  readonly retryFailed?: boolean | undefined;
  readonly thumbnails?: boolean | undefined;
  /** Whether facts of an older version of the readers are read again. */
  readonly facts?: boolean | undefined;
  /** Whether models are asked about records that lack words. */
  readonly suggestions?: boolean | undefined;
  readonly trigger: Run["trigger"];
}

/** Starts a database scan unless a run is on; it also reads records of older code for full text. */
export async function startDatabaseScan(services: Services, options: ScanOptions): Promise<StartResult> {
  const { retryFailed = false, thumbnails = false, facts = false, suggestions = false } = options;
  const scan = scanTask({ afterId: "", page: 0, retryFailed, thumbnails, facts });
  const tasks = [
    scan,
    ...(await readTextsTasks(services)),
    ...(suggestions ? scanSuggestionsTasks(services) : []),
  ];
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
