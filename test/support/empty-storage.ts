import { beforeAll } from "vitest";

import { emptyAllStorage } from "./storage.ts";

// No test file finds what one before it has left in the workerd that they share.
beforeAll(emptyAllStorage);
