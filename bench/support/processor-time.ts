import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of the processor that processes have taken since they began, by all of their threads, as Linux counts them. */
export function processorMs(pids: readonly number[]): number {
  return pids
    .flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`))
    .reduce((sum, file) => sum + nanoseconds(file) / 1e6, 0);
}

/** Its first number is the time on a processor, in nanoseconds; a thread may have ended meanwhile. */
function nanoseconds(file: string): number {
  try {
    return Number(readFileSync(file, "utf8").split(" ", 1)[0]);
  } catch {
    return 0;
  }
}
