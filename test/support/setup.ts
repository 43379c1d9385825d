import { reset } from "cloudflare:test";
import { beforeEach } from "vitest";

import { makeTables } from "./database.ts";

// Every test begins with empty storage and a migrated database.
beforeEach(async () => {
  await reset();
  await makeTables();
});
