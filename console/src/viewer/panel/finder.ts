import { createContext } from "svelte";
import type { Finding } from "../../address/view.ts";

/** What shows the photos of a finding, for whatever in the panel leads to some: `setFinder` above, `getFinder` below. */
export const [getFinder, setFinder] = createContext<(finding: Finding) => void>();
