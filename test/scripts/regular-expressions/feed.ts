// A worker: feeds each pattern that it is given its hostile texts and says how far it is.
import { parentPort, workerData } from "node:worker_threads";

import { hostileTexts } from "./hostile.ts";

function feed(pattern: RegExp, text: string): number {
  return pattern.global ? text.replaceAll(pattern, "").length : (pattern.exec(text)?.length ?? 0);
}

const given: unknown = workerData;
for (const each of Array.isArray(given) ? given : []) {
  const [source, flags] = Array.isArray(each) ? each.map(String) : [];
  const pattern = new RegExp(source ?? "", flags);
  for (const text of hostileTexts(pattern.source, pattern.flags)) feed(pattern, text);
  parentPort?.postMessage("fed", []);
}
