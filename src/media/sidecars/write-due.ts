import { appErrorOf } from "../../core/errors.ts";
import { dueWrites, finishWrite, postponeWrite, writeEveryMs } from "../../db/sidecars/due.ts";
import type { Services } from "../../services.ts";
import { wakeAgain } from "./wake.ts";
import { writeSidecar } from "./write.ts";

/** How many sidecars a message has written: each takes some calls to the storage and some statements. */
const mostWrites = 50;

/** How long a record waits whose sidecar could not be written. */
const postponedMs = 5 * writeEveryMs;

/**
 * Writes the sidecars whose time has come, as many as a message may, and sends a message for the rest. A mark is taken away
 * when its sidecar is written, so that a message which is handled twice, or dies, writes what is left.
 */
export async function writeDueSidecars(services: Services): Promise<void> {
  for (const due of await dueWrites(services.db, Date.now(), mostWrites)) {
    try {
      await writeSidecar(services, due.id);
      await finishWrite(services.db, due, Date.now());
    } catch (cause) {
      if (appErrorOf(cause)?.code === "database_unavailable") throw cause;
      services.log.warn("sidecar.postponed", { media: due.id }, cause);
      await postponeWrite(services.db, due, Date.now() + postponedMs);
    }
  }
  await wakeAgain(services);
}
