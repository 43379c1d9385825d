import { beforeEach } from "vitest";

import { makeTables } from "./database.ts";
import { emptyStorage } from "./storage.ts";

// Every test begins with empty storage and a migrated database.
beforeEach(async () => {
  await emptyStorage();
  await makeTables();
});
