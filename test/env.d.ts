import type { D1Migration } from "@cloudflare/vitest-plugin";

import type { AiBinding } from "../src/extractors/workers-ai.ts";

declare global {
  // What an operator may add by hand, so that no generated type knows it.
  interface Env {
    readonly AI?: AiBinding;
    readonly AI_CAPTION_MODEL?: string;
    readonly AI_DECISION_MODEL?: string;
    readonly AI_DAILY_LIMIT?: string;
  }
  namespace Cloudflare {
    interface Env {
      /** Allows two a minute. */
      TEST_LIMIT: RateLimit;
      TEST_MIGRATIONS: D1Migration[];
      TEST_PLANS: string;
      TEST_HISTORIES: string;
      TEST_CHANGES: string;
      TEST_DROPBOX_FILES: string;
      TEST_VANISHED: string;
      TEST_DROPBOX_HISTORIES: string;
      TEST_SEED: string;
      FUZZ_REQUESTS: string;
    }
  }
}
