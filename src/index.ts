import { createApp } from "./app.ts";
import { consumeIngest, type ServicesFor } from "./ingest/consumer/consumer.ts";
import { startIngest } from "./ingest/coordinator/start.ts";
import { createServices } from "./services.ts";
import { newTraceId } from "./core/trace.ts";

export { IngestCoordinator } from "./ingest/coordinator/coordinator.ts";
export { PictureIndex } from "./media/picture-index/picture-index.ts";

const app = createApp();

export default {
  async fetch(request, env, context) {
    return app.fetch(request, env, context);
  },

  async queue(batch, env) {
    const servicesFor: ServicesFor = (traceId, logContext) =>
      createServices(env, { session: "primary", traceId: traceId ?? newTraceId(), logContext });
    await consumeIngest(batch, servicesFor);
  },

  async scheduled(_event, env) {
    const services = createServices(env, { session: "primary", traceId: newTraceId(), logContext: {} });
    const { status, run } = await startIngest(services, { trigger: "cron" });
    services.log.info("cron.ingest", { status, run: run.id });
  },
} satisfies ExportedHandler<Env>;
