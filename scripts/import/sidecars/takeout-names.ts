import { kindOfKey } from "../../../src/core/media-type.ts";

/** The JSON files of a folder of Google Takeout, and the photos and films that they tell of. */
export interface Pairing {
  /** By the name of a photo or film, the name of its JSON file. */
  readonly jsonOf: ReadonlyMap<string, string>;
  /** JSON files of no photo or film. */
  readonly unpaired: readonly string[];
}

/** The name that a photo had when it came to Google, as its JSON file tells it; null where it tells none. */
export type TitleOf = (json: string) => Promise<string | null>;

const jsonExtension = ".json";
const suffix = ".supplemental-metadata";
/** Google cuts the name of a JSON file to 51 characters, five of which are its extension. */
const longestStem = 46;

/**
 * What Google Photos puts behind the name of a photo that was edited there, in the languages of its users. The JSON file is
 * that of the original.
 */
const editedSuffixes = [
  "-edited",
  "-effects",
  "-smile",
  "-mix",
  "-bearbeitet",
  "-modifié",
  "-modifie",
  "-modificato",
  "-modificada",
  "-modificado",
  "-editado",
  "-editada",
  "-editat",
  "-ha editado",
  "-bewerkt",
  "-edytowane",
  "-redigerad",
  "-redigeret",
  "-redigert",
  "-muokattu",
  "-upraveno",
  "-szerkesztett",
  "-düzenlendi",
  "-изменено",
  "-відредаговано",
  "-編集済み",
  "-已编辑",
  "-已修改",
  "-수정됨",
].map((each) => each.normalize("NFC"));

/** A name of a photo: the name that it had, and the number that Google gave it where others had the same. */
interface NumberedName {
  readonly title: string;
  /** `(2)`, or empty. */
  readonly number: string;
}

/** A JSON file: its name without the extension, and the number apart. */
interface JsonStem extends NumberedName {
  readonly json: string;
  readonly stem: string;
}

/**
 * Pairs what lies in one folder by the rules of Google Takeout: `NAME.EXT.json` and `NAME.EXT.supplemental-metadata.json`,
 * cut to the length that Google allows, with the number of a namesake in either place, and edited photos with the JSON
 * file of the original. Where a name was cut so much that it could be that of several photos, the title in the JSON file
 * decides; what it does not decide stays unpaired.
 */
export async function pairTakeout(names: readonly string[], titleOf: TitleOf): Promise<Pairing> {
  const isJson = (name: string): boolean => name.toLowerCase().endsWith(jsonExtension);
  const stems = names.filter(isJson).map(jsonStem);
  const photos = names.filter((name) => !isJson(name));
  const paired = new Map<string, string>();
  const byStem = new Map(stems.map((each) => [each.stem, each.json]));
  for (const photo of photos) {
    const json =
      wholeNamed(photo, byStem) ??
      originals(photo)
        .map((name) => wholeNamed(name, byStem))
        .find(isFound);
    if (json !== undefined) paired.set(photo, json);
  }
  const left = photos.filter((photo) => !paired.has(photo));
  for (const [photo, json] of await cutNamed(left, stems, titleOf)) paired.set(photo, json);
  for (const photo of photos.filter((each) => !paired.has(each))) {
    const json = await barelyNamed(photo, byStem, titleOf);
    if (json !== undefined) paired.set(photo, json);
  }
  const used = new Set(paired.values());
  return { jsonOf: paired, unpaired: stems.map(({ json }) => json).filter((json) => !used.has(json)) };
}

function isFound(json: string | undefined): json is string {
  return json !== undefined;
}

function jsonStem(json: string): JsonStem {
  const stem = json.slice(0, -jsonExtension.length);
  const [, title = stem, number = ""] = /^(.*)(\(\d+\))$/su.exec(stem) ?? [];
  return { json, stem, title, number };
}

/** The JSON file that has all of a photo's name: the name itself, or with its number moved to the end. */
function wholeNamed(photo: string, byStem: ReadonlyMap<string, string>): string | undefined {
  for (const { title, number } of readingsOf(photo)) {
    for (let length = suffix.length; length >= 0; length -= 1) {
      const json = byStem.get(`${title}${suffix.slice(0, length)}${number}`);
      if (json !== undefined) return json;
    }
  }
  return undefined;
}

/** How a photo's name may be read: as a name that has no number of Google's, and as one that has. */
function readingsOf(photo: string): NumberedName[] {
  const plain = { title: photo, number: "" };
  const [, base, number, extension = ""] = /^(.+)(\(\d+\))(\.[^.]*)?$/su.exec(photo) ?? [];
  return base === undefined || number === undefined ? [plain] : [plain, { title: base + extension, number }];
}

/** The names of the photo that an edited one was made of, with and without its number; none for one that was not edited. */
function originals(photo: string): string[] {
  const [, base = photo, number = "", extension = ""] = /^(.+?)(\(\d+\))?(\.[^.]*)?$/su.exec(photo) ?? [];
  return editedSuffixes
    .filter((each) => base.toLowerCase().endsWith(each) && base.length > each.length)
    .map((each) => `${base.slice(0, -each.length)}${number}${extension}`);
}

/** A photo of which the JSON file does not have the whole name. */
interface Candidate extends NumberedName {
  readonly photo: string;
  readonly stems: readonly JsonStem[];
}

async function cutNamed(
  photos: readonly string[],
  stems: readonly JsonStem[],
  titleOf: TitleOf,
): Promise<[string, string][]> {
  // A character beyond the first 65,536 takes two places, and is not cut in two.
  const cut = stems.filter(({ title }) => Math.abs(title.length - longestStem) <= 1);
  if (cut.length === 0) return [];
  const byTitle = Map.groupBy(cut, ({ title }) => title);
  const candidates = photos.flatMap((photo): Candidate[] => {
    const known = [...originals(photo), photo].flatMap(readingsOf).reverse();
    const found = known.map(({ title, number }): Candidate => ({
      photo,
      title,
      number,
      stems: beginningsOf(title, byTitle),
    }));
    return found.filter((each) => each.stems.length > 0).slice(0, 1);
  });
  const pairs: [string, string][] = [];
  for (const group of Map.groupBy(candidates, ({ stems: [first] }) => first?.title).values())
    pairs.push(...(await pairGroup(group, titleOf)));
  return pairs;
}

/** The JSON files whose names are the beginning of a name, cut as Google does. */
function beginningsOf(title: string, byTitle: ReadonlyMap<string, readonly JsonStem[]>): readonly JsonStem[] {
  return [longestStem + 1, longestStem, longestStem - 1]
    .filter((length) => length < title.length)
    .flatMap((length) => byTitle.get(title.slice(0, length)) ?? []);
}

/** Pairs photos of which the names begin alike with the JSON files of that beginning. */
async function pairGroup(group: readonly Candidate[], titleOf: TitleOf): Promise<[string, string][]> {
  const stems = [...new Set(group.flatMap((each) => each.stems))];
  const [only] = stems;
  const names = new Set(group.map(({ title, number }) => title + number));
  if (only !== undefined && stems.length === 1 && names.size === 1)
    return group.map(({ photo }) => [photo, only.json]);
  const titles = new Map<string, string | null>();
  for (const { json } of stems) titles.set(json, await titleOf(json));
  const pairs: [string, string][] = [];
  for (const namesakes of Map.groupBy(group, ({ title }) => title).values()) {
    const [first] = namesakes;
    if (first === undefined) continue;
    const called = stems.filter(({ json }) => asFileName(titles.get(json) ?? "") === first.title);
    const numbers = new Set(namesakes.map(({ number }) => number));
    // Only where there are fewer of this very title, some of the names were cut as well.
    const meant =
      called.length >= numbers.size
        ? called
        : stems.filter(({ json }) => isTitleOf(titles.get(json) ?? "", first.title));
    pairs.push(...inTheirOrder(namesakes, meant));
  }
  return pairs;
}

/** Namesakes and their JSON files were numbered in the same order, though not with the same numbers. */
function inTheirOrder(namesakes: readonly Candidate[], stems: readonly JsonStem[]): [string, string][] {
  const numbers = [...new Set(namesakes.map(({ number }) => number))].sort(byNumber);
  const sorted = stems.toSorted((a, b) => byNumber(a.number, b.number));
  const isComplete = numbers.length === sorted.length;
  return namesakes.flatMap(({ photo, number }): [string, string][] => {
    const stem = isComplete ? sorted[numbers.indexOf(number)] : sorted.find((each) => each.number === number);
    return stem === undefined ? [] : [[photo, stem.json]];
  });
}

function byNumber(a: string, b: string): number {
  return Number(a.slice(1, -1)) - Number(b.slice(1, -1));
}

/** Whether a file of this name had the title; Google cuts names of files as well, and replaces what systems forbid. */
function isTitleOf(title: string, name: string): boolean {
  const written = asFileName(title);
  if (written === name) return true;
  const dot = name.lastIndexOf(".");
  const isCut = dot >= longestStem - 1 && written.startsWith(name.slice(0, dot));
  return isCut && written.endsWith(name.slice(dot));
}

function asFileName(title: string): string {
  return title.normalize("NFC").replaceAll(/["%&'*/:<=>?\\|]/gu, "_");
}

/** The JSON file that has a photo's name without the extension, where its title says that it is this photo's. */
async function barelyNamed(
  photo: string,
  byStem: ReadonlyMap<string, string>,
  titleOf: TitleOf,
): Promise<string | undefined> {
  for (const name of [photo, ...originals(photo)]) {
    for (const { title, number } of readingsOf(name)) {
      const bare = title.replace(/\.[^.]*$/u, "");
      if (bare === title || kindOfKey(bare) === "image") continue;
      for (let length = suffix.length; length >= 0; length -= 1) {
        const json = byStem.get(`${bare}${suffix.slice(0, length)}${number}`);
        if (json === undefined) continue;
        const told = asFileName((await titleOf(json)) ?? "");
        if (told === bare || told === title) return json;
      }
    }
  }
  return undefined;
}
