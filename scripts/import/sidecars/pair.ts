import { extensionOf, kindOfKey } from "../../../src/core/media-type.ts";
import type { FilePath } from "../names.ts";
import { pairTakeout } from "./takeout-names.ts";
import { readTakeout } from "./takeout.ts";

/** The files beside a photo that tell of it. */
export interface Beside {
  /** Of Google Takeout. */
  readonly json: FilePath | null;
  readonly xmp: FilePath | null;
}

/** What was found in a folder, by names in NFC. */
export interface Listed {
  readonly names: string[];
  /** Files that may tell of photos, see {@link isAside}. */
  readonly asides: Map<string, FilePath>;
}

/** Which files tell of which photos of a folder. */
export interface Paired {
  readonly beside: ReadonlyMap<string, Beside>;
  /** What tells of no photo, and whether it is a JSON file of Google Takeout of which neither photo nor film is there. */
  readonly unpaired: readonly { readonly name: string; readonly isTakeout: boolean }[];
}

/** Whether a file may tell of a photo, by its name. */
export function isAside(name: string): boolean {
  const extension = extensionOf(name);
  return extension === "json" || extension === "xmp";
}

/** Pairs the photos of a folder with the files that tell of them: JSON files of Google Takeout, and XMP sidecars. */
export async function pairFolder({ names, asides }: Listed): Promise<Paired> {
  const titleOf = async (json: string): Promise<string | null> =>
    (await takeoutOf(asides, json))?.title ?? null;
  const takeout = await pairTakeout(
    names.filter((name) => extensionOf(name) !== "xmp"),
    titleOf,
  );
  const sidecars = pairSidecars(names);
  const beside = new Map<string, Beside>();
  const used = new Set<string>();
  for (const name of names) {
    if (kindOfKey(name) === "other") continue;
    const [json, xmp] = [takeout.jsonOf.get(name), sidecars.get(name)];
    for (const each of [json, xmp]) if (each !== undefined) used.add(each);
    const files = { json: pathOf(asides, json), xmp: pathOf(asides, xmp) };
    if (files.json !== null || files.xmp !== null) beside.set(name, files);
  }
  const lost = new Set(takeout.unpaired);
  const unpaired: { name: string; isTakeout: boolean }[] = [];
  for (const name of asides.keys()) {
    if (used.has(name)) continue;
    unpaired.push({ name, isTakeout: lost.has(name) && (await takeoutOf(asides, name)) !== null });
  }
  return { beside, unpaired };
}

function pathOf(asides: Listed["asides"], name: string | undefined): FilePath | null {
  return (name === undefined ? undefined : asides.get(name)) ?? null;
}

async function takeoutOf(asides: Listed["asides"], name: string): ReturnType<typeof readTakeout> {
  const path = pathOf(asides, name);
  try {
    return path === null ? null : await readTakeout(path);
  } catch {
    // What cannot be read tells nothing; where it is a photo's, sending its words says why.
    return null;
  }
}

/** The sidecar of each photo: `NAME.EXT.xmp`, else `NAME.xmp`, which is that of every photo `NAME.*`. */
function pairSidecars(names: readonly string[]): Map<string, string> {
  const bySubject = new Map(
    names.filter((name) => extensionOf(name) === "xmp").map((name) => [name.slice(0, -".xmp".length), name]),
  );
  const paired = new Map<string, string>();
  for (const name of names) {
    const sidecar = bySubject.get(name) ?? bySubject.get(name.replace(/\.[^.]*$/u, ""));
    if (sidecar !== undefined && sidecar !== name) paired.set(name, sidecar);
  }
  return paired;
}
