import { hasUnread, markRead, unreadSidecars } from "../../db/sidecars/pairs.ts";
import { sidecarModeOf } from "../../media/sidecars/mode.ts";
import { prepareWriting, wakeWriting } from "../../media/sidecars/wake.ts";
import { readingOnce, settleMedia } from "../../media/sidecars/settle.ts";
import type { NamedTask, SidecarsTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstSidecarsTask, nextSidecarsTask } from "../../protocol/tasks.ts";
import type { Services } from "../../services.ts";

/** What follows when everything of a listing has its place: the photos learn of sidecars that are new, other or gone. */
export async function sidecarTasks(services: Services, provider: string): Promise<NamedTask[]> {
  await prepareWriting(services);
  await wakeWriting(services);
  if (sidecarModeOf(services, provider) === "off") return [];
  return (await hasUnread(services.db, provider)) ? [firstSidecarsTask(provider)] : [];
}

/**
 * Handles a page of unread sidecars: each photo beside them learns of its sidecar. A page that is handled again finds those
 * that do not know yet. A sidecar that has changed since the listing stays unread for the next.
 */
export async function settleSidecars(services: Services, task: SidecarsTask): Promise<TaskOutcome> {
  const { provider } = task;
  const page = await unreadSidecars(services.db, provider, task);
  const read = readingOnce(services);
  const unsettled = new Set<string>();
  for (const { id, path } of page.photos) {
    if (!(await settleMedia(services, id, read))) unsettled.add(path);
  }
  await markRead(
    services.db,
    provider,
    page.rows.filter(({ path }) => !unsettled.has(path)),
  );
  return { counts: {}, next: page.next === null ? [] : [nextSidecarsTask(task, page.next)] };
}

/** The task that follows a page which cannot be handled: its sidecars stay unread for the next ingest. */
export async function passOverSidecars(services: Services, task: SidecarsTask): Promise<TaskOutcome> {
  const { rows, next } = await unreadSidecars(services.db, task.provider, task);
  const after = rows.at(-1)?.path ?? null;
  const isStuck = next === null || after === null;
  return {
    counts: {},
    incomplete: true,
    next: isStuck ? [] : [nextSidecarsTask(task, { after, within: null })],
  };
}
