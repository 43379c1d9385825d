import { tagline } from "tagline-client";
import { fetchHere } from "./service.ts";

/**
 * The same service for calls that change thousands of photos: whoever gave such a call up early would not know what it has
 * done, and how to take it back.
 */
export const patientService = tagline({
  url: location.origin,
  key: null,
  timeoutMs: 300_000,
  retry: { attempts: 3, maxWaitMs: 60_000 },
  fetch: fetchHere,
});
