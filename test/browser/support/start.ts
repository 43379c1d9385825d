import { startService, type RunningService } from "../../e2e/support/service.ts";

/** How often a start is tried. */
const attempts = 4;

/**
 * Starts a service as `npm start` does. Two that start at the same moment may choose the same port for what they say to
 * themselves, so that one of them ends: it is started once more.
 */
export async function startBeside(data: Parameters<typeof startService>[0]): Promise<RunningService> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await startService(data);
    } catch (error) {
      const isPortTaken = error instanceof Error && error.message.includes("Address already in use");
      if (!isPortTaken || attempt === attempts) throw error;
    }
}
