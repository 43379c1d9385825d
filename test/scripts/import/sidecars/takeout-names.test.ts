import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairTakeout } from "../../../../scripts/import/sidecars/takeout-names.ts";

const noTitle = async (): Promise<null> => null;

test.each([
  ["IMG_1159.HEIC", "IMG_1159.HEIC.json"],
  ["IMG_1159.HEIC", "IMG_1159.HEIC.supplemental-metadata.json"],
  ["IMG_1159.HEIC", "IMG_1159.HEIC.supplemental.JSON"],
  ["PXL_20241231_151646544.MP.jpg", "PXL_20241231_151646544.MP.jpg.supplemental-met.json"],
  ["2021-08-08T15_36_24+02_00.JPEG", "2021-08-08T15_36_24+02_00.JPEG.supplemental-me.json"],
  ["photo.jpg", "photo.jpg.suppl.json"],
  ["PXL_20211120_223243932.MOTION-02.ORIGINAL.jpg", "PXL_20211120_223243932.MOTION-02.ORIGINAL.jpg..json"],
  [
    "PXL_20240506_142610305.LONG_EXPOSURE-01.COVER.jpg",
    "PXL_20240506_142610305.LONG_EXPOSURE-01.COVER..json",
  ],
  [
    "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_P.jpg",
    "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_.json",
  ],
  [
    "Backyard_ceremony_wedding_photography_xxxxxxx_magnoliastudios-371.jpg",
    "Backyard_ceremony_wedding_photography_xxxxxxx_.json",
  ],
  ["05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jpg", "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jp.json"],
  ["DSC_0238(1).JPG", "DSC_0238.JPG(1).json"],
  ["DSC_0238(1).JPG", "DSC_0238(1).JPG.json"],
  ["IMG_3479(12).JPG", "IMG_3479.JPG.supplemental-metadata(12).json"],
  ["IMG2021021.json74722(1).jpg", "IMG2021021.json74722.jpg(1).json"],
  ["IMG2021021(1)74722(1).jpg", "IMG2021021(1)74722.jpg(1).json"],
  ["skytree (2).jpg", "skytree (2).jpg.supplemental-metadata.json"],
  ["PXL_20240827_094331806.PORTRAIT(1).jpg", "PXL_20240827_094331806.PORTRAIT.jpg.supplement(1).json"],
  ["Negative0-36-35(1)(1).jpg", "Negative0-36-35(1).jpg.supplemental-metadata(1).json"],
  ["IMG_1-edited.jpg", "IMG_1.jpg.json"],
  ["20220322_205147-edited(1).jpg", "20220322_205147.jpg.supplemental-metadata(1).json"],
  ["IMG_1-bearbeitet.jpg", "IMG_1.jpg.supplemental-metadata.json"],
  ["PXL_20220405_100123740.PORTRAIT-modifié.jpg", "PXL_20220405_100123740.PORTRAIT.jpg.json"],
  ["写真-編集済み.jpg", "写真.jpg.json"],
  ["VID_1.mp4", "VID_1.mp4.supplemental-metadata.json"],
])("%s has the JSON file %s", async (photo, json) => {
  const { jsonOf, unpaired } = await pairTakeout([photo, json], noTitle);
  expect(Object.fromEntries(jsonOf)).toEqual({ [photo]: json });
  expect(unpaired).toEqual([]);
});

test.each([
  ["IMG_1.jpg", "IMG_11.jpg.json"],
  ["IMG_1.jpg", "IMG_1.jpg(1).json"],
  ["IMG_1(1).jpg", "IMG_1.jpg.json"],
  ["IMG_1(1).jpg", "IMG_1.jpg.supplemental-metadata(2).json"],
  ["IMG_1-edited.jpg", "IMG_1-edite.jpg.json"],
  ["IMG_1.jpg", "IMG_1.jpg.supplemental-data.json"],
  ["IMG_1.jpg", "IMG_1.json"],
  ["metadata.jpg", "metadata.json"],
  ["-edited.jpg", ".jpg.json"],
])("%s does not have the JSON file %s", async (photo, json) => {
  const { jsonOf, unpaired } = await pairTakeout([photo, json], noTitle);
  expect([...jsonOf]).toEqual([]);
  expect(unpaired).toEqual([json]);
});

describe("names that alone do not tell", () => {
  const begin = "a_long_name_of_which_Google_keeps_only_46_cha";

  test("have their JSON files by the titles in them", async () => {
    const titles = new Map([
      [`${begin}r.json`, `${begin}r_second.jpg`],
      [`${begin}r(1).json`, `${begin}r_first.jpg`],
    ]);
    const photos = [...titles.values()];
    const { jsonOf } = await pairTakeout(
      [...photos, ...titles.keys()],
      async (json) => titles.get(json) ?? null,
    );
    expect(Object.fromEntries(jsonOf)).toEqual({
      [`${begin}r_second.jpg`]: `${begin}r.json`,
      [`${begin}r_first.jpg`]: `${begin}r(1).json`,
    });
  });

  test("have none where no title decides", async () => {
    const names = [`${begin}r_second.jpg`, `${begin}r_first.jpg`, `${begin}r.json`];
    const { jsonOf, unpaired } = await pairTakeout(names, noTitle);
    expect([...jsonOf]).toEqual([]);
    expect(unpaired).toEqual([`${begin}r.json`]);
  });

  test("of a photo without its extension count where the title says so", async () => {
    const names = [
      "Peanut Butter Balls.jpg",
      "Peanut Butter Balls.supplemental-metadata.json",
      "b-edited(1).png",
      "b(1).json",
    ];
    const { jsonOf } = await pairTakeout(names, async (json) =>
      json === "b(1).json" ? "b.png" : "Peanut Butter Balls",
    );
    expect(jsonOf.get("Peanut Butter Balls.jpg")).toBe("Peanut Butter Balls.supplemental-metadata.json");
    expect(jsonOf.get("b-edited(1).png")).toBe("b(1).json");
  });
});

/** A photo as it came to Google. */
interface Original {
  readonly title: string;
  readonly isOldForm: boolean;
  readonly isEdited: boolean;
}

/** Puts a number behind a name that another file has already. */
function numbered(taken: Set<string>, name: (number: string) => string): string {
  for (let number = 0; ; number += 1) {
    const candidate = name(number === 0 ? "" : `(${number})`);
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

/** The files that Google Takeout makes of photos, and which JSON file is whose. */
function takeoutOf(originals: readonly Original[]) {
  const taken = new Set<string>();
  const jsonOf = new Map<string, string>();
  const titles = new Map<string, string>();
  for (const { title, isOldForm, isEdited } of originals) {
    const dot = title.lastIndexOf(".");
    const [base, extension] = [title.slice(0, dot).slice(0, 47), title.slice(dot)];
    const photo = numbered(taken, (number) => `${base}${number}${extension}`);
    const stem = `${title}${isOldForm ? "" : ".supplemental-metadata"}`.slice(0, 46);
    const json = numbered(taken, (number) => `${stem}${number}.json`);
    jsonOf.set(photo, json);
    titles.set(json, title);
    if (!isEdited || base.length > 39) continue;
    const number = /\(\d+\)(?=\.[^.]*$)/u.exec(photo)?.[0] ?? "";
    const edited = `${photo.slice(0, photo.length - extension.length - number.length)}-edited${number}${extension}`;
    if (taken.has(edited)) continue;
    taken.add(edited);
    jsonOf.set(edited, json);
  }
  return { names: [...taken], jsonOf, titles };
}

test("of everything that Google makes of photos, each has its own JSON file and no other", async () => {
  const base = fc.oneof(
    fc.stringMatching(/^[ab]{1,3}$/),
    fc
      .tuple(fc.stringMatching(/^[ab]{1,2}$/), fc.integer({ min: 18, max: 50 }))
      .map(([text, length]) => text.padEnd(length, "x")),
    fc
      .tuple(fc.stringMatching(/^[ab]{0,6}$/))
      .map(([text]) => `a_long_name_of_which_Google_keeps_only_46_char${text}`),
    fc.stringMatching(/^[é😀b]{1,30}$/u),
  );
  const original = fc.record({
    title: fc
      .tuple(base, fc.constantFrom(".jpg", ".png", ".HEIC", ".mp4"))
      .map(([name, extension]) => name + extension),
    isEdited: fc.boolean(),
  });
  const folder = fc
    .tuple(fc.array(original, { minLength: 1, maxLength: 12 }), fc.boolean())
    .map(([originals, isOldForm]) => originals.map((each) => ({ ...each, isOldForm })));
  await fc.assert(
    fc.asyncProperty(folder, fc.func(fc.nat()), async (originals, order) => {
      const { names, jsonOf, titles } = takeoutOf(originals);
      const shuffled = names.toSorted((a, b) => order(a) - order(b));
      const paired = await pairTakeout(shuffled, async (json) => titles.get(json) ?? null);
      expect(Object.fromEntries(paired.jsonOf)).toEqual(Object.fromEntries(jsonOf));
      expect(paired.unpaired).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
