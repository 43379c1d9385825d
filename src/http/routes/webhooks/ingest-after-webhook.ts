import { waitUntil } from "cloudflare:workers";

import { startIngest } from "../../../ingest/coordinator/start.ts";
import type { Services } from "../../../services.ts";

/** Starts an ingest of providers that were told to have changed, after the answer, so that the vendor does not wait. */
export function ingestAfterWebhook(services: Services, providers: readonly string[]): void {
  waitUntil(startAndSay(services, providers));
}

async function startAndSay(services: Services, providers: readonly string[]): Promise<void> {
  try {
    const { status, run } = await startIngest(services, { providers, follow: true, trigger: "webhook" });
    services.log.info("webhook.ingest", { status, run: run.id, providers: providers.join() });
  } catch (cause) {
    // The vendor was told that it was heard and does not call again; the next notification or the nightly run does.
    services.log.error("webhook.failed", { providers: providers.join() }, cause);
  }
}
