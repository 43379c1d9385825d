import { readdirSync, readFileSync } from "node:fs";

/** Resident kilobytes of the workerd processes that descend from a process. */
export function residentKb(root: number): number {
  return workerdBelow(root).reduce(
    (sum, pid) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(status(String(pid)))?.[1] ?? 0),
    0,
  );
}

/** The workerd processes that descend from a process. */
export function workerdBelow(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const parent = /^PPid:\s+(\d+)/m.exec(status(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const descends = (pid: number): boolean =>
    pid === root || (parents.has(pid) && descends(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => descends(pid) && /^Name:\s+workerd/m.test(status(String(pid))));
}

function status(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
