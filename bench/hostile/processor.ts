import { readdirSync, readFileSync } from "node:fs";

/**
 * Tells how long the service has computed, in milliseconds: what its runtime's threads have spent on a processor, as
 * Linux counts it to the nanosecond. What else a machine does is not in it, so that a busy one measures as well as an
 * idle one. Elsewhere it is the time of day, for which a machine has to be idle.
 */
export function processorClock(parent: number): () => number {
  const runtimes = descendants(parent).filter((pid) => read(`/proc/${pid}/comm`).trim() === "workerd");
  if (runtimes.length === 0) return () => performance.now();
  return () =>
    runtimes
      .flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`))
      .reduce((sum, path) => sum + Number(read(path).split(" ")[0]) / 1e6, 0);
}

/** Everything that a process has started, and what that has started. */
function descendants(parent: number): number[] {
  const parents = new Map<number, number>();
  for (const name of entries("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The name in brackets may itself hold anything; what follows it is state and parent.
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 1).split(" ")[2]));
  }
  const found = [parent];
  for (const pid of found) found.push(...[...parents].filter(([, of]) => of === pid).map(([each]) => each));
  return found.slice(1);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty for what has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
