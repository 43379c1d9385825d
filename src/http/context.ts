import type { ApiKey } from "../config/api-keys.ts";
import type { Services } from "../services.ts";
import type { SignedLink } from "./links/signed-links.ts";

/** What Hono's context carries through the middleware to the handlers. */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    services: Services;
    /** The key that the caller presented; set behind every `requireScope`. */
    apiKey: ApiKey;
    /** The signed link that was followed instead; set on the routes that take one, where no key was presented. */
    link: SignedLink | undefined;
    /** How many bytes of a body have been read into memory; not set where none were. */
    bodyBytes: number | undefined;
  };
}
