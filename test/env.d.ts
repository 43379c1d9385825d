import type { D1Migration } from "@cloudflare/vitest-plugin";

declare global {
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
