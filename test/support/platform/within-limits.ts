import { afterEach } from "vitest";

import { platformMemory } from "./memory.ts";
import { takeRefusals } from "./refusals.ts";

// No test goes beyond a limit of the platform, unless on purpose.
afterEach(() => {
  platformMemory.clear();
  const refused = takeRefusals();
  if (refused.length > 0) throw new Error(`the platform would have refused: ${refused.join("; ")}`);
});
