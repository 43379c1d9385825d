import { prefixes, smallKeys } from "./contents.ts";
import type { StorageAct } from "./history.ts";

/** What lies in a storage: the number of a content by key. */
export type Objects = ReadonlyMap<string, number>;

/** What has vanished, newest last, so that it can come back. */
export type Lost = readonly (readonly [key: string, content: number])[];

/** What is to lie in a storage after an act of somebody who knows nothing of the service. */
export function afterAct(objects: Objects, lost: Lost, act: StorageAct): Map<string, number> {
  const after = new Map(objects);
  switch (act.kind) {
    case "put":
      return after.set(keyAt(act.key), act.content);
    case "move":
      return moved(after, pick(objects, act.object), keyAt(act.to));
    case "copy":
      return copied(after, pick(objects, act.object), keyAt(act.to));
    case "swap":
      return swapped(after, pick(objects, act.object), pick(objects, act.with));
    case "chain": {
      const over = pick(objects, act.over);
      if (over === null) return after;
      return moved(moved(after, over, keyAt(act.to)), pick(objects, act.object), over);
    }
    case "rename": {
      const [from, to] = [prefixAt(act.folder), prefixAt(act.to)];
      // A folder cannot go into itself.
      if (from === "" || to.startsWith(from)) return after;
      for (const key of objects.keys())
        if (key.startsWith(from)) moved(after, key, to + key.slice(from.length));
      return after;
    }
    case "vanish":
      after.delete(pick(objects, act.object) ?? "");
      return after;
    case "vanish_folder":
      for (const key of objects.keys()) if (key.startsWith(prefixAt(act.folder))) after.delete(key);
      return after;
    case "return": {
      const [key, content] = lost.at(-1 - (act.lost % Math.max(1, lost.length))) ?? ["", 0];
      return key === "" ? after : after.set(key, content);
    }
  }
}

/** The key with this number. */
export function keyAt(number: number): string {
  return smallKeys[number % smallKeys.length] ?? "";
}

/** The prefix with this number. */
export function prefixAt(number: number): string {
  return prefixes[number % prefixes.length] ?? "";
}

function pick(objects: Objects, number: number): string | null {
  const keys = [...objects.keys()].toSorted();
  return keys[number % Math.max(1, keys.length)] ?? null;
}

function copied(objects: Map<string, number>, from: string | null, to: string): Map<string, number> {
  const content = from === null ? undefined : objects.get(from);
  return content === undefined ? objects : objects.set(to, content);
}

function moved(objects: Map<string, number>, from: string | null, to: string): Map<string, number> {
  if (from === null || from === to) return objects;
  copied(objects, from, to).delete(from);
  return objects;
}

function swapped(objects: Map<string, number>, a: string | null, b: string | null): Map<string, number> {
  const [one, other] = [objects.get(a ?? ""), objects.get(b ?? "")];
  if (a === null || b === null || one === undefined || other === undefined) return objects;
  return objects.set(a, other).set(b, one);
}
