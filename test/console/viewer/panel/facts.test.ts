import { describe, expect, it, test } from "vitest";
import { fileFacts, photoFacts, recordFacts } from "../../../../console/src/viewer/panel/facts.ts";
import { intrinsicWith, mediaWith } from "../support/media.ts";

/** Labels and texts alone. */
const told = (facts: ReturnType<typeof photoFacts>): string[] =>
  facts.map(({ label, text, note }) => `${label}: ${text}${note === null ? "" : ` (${note})`}`);

describe("the facts of a photo", () => {
  it("are none where nothing is known", () => {
    expect(photoFacts(mediaWith())).toEqual([]);
  });

  it("tell when, where and with what it was taken, and by what that is known", () => {
    const media = mediaWith({
      taken: { at: "2024-07-14T16:03:11.000", offset: "+02:00", precision: "second", source: "exif" },
      place: { latitude: 48.85, longitude: 2.35, altitude: 35.1, source: "person" },
      intrinsic: intrinsicWith({
        camera: { make: "Apple", model: "iPhone 14 Pro", lens: "main camera" },
        exposure: { time: 0.002, f_number: 1.8, iso: 80, focal_length: 6.86 },
      }),
    });
    expect(told(photoFacts(media))).toEqual([
      "Taken: 14 July 2024 at 16:03:11 (UTC+02:00) (by the camera)",
      "Place: 48.85° N, 2.35° E, 35 m above the sea (as a person has written)",
      "Camera: Apple iPhone 14 Pro",
      "Lens: main camera",
      "Exposure: 1/500 s · f/1.8 · ISO 80 · 6.86 mm",
    ]);
  });

  it("tell a place without its height where the height is not known", () => {
    const place = { latitude: 1, longitude: 2, altitude: null, source: "exif" } as const;
    expect(told(photoFacts(mediaWith({ place })))).toEqual(["Place: 1° N, 2° E (by the camera)"]);
  });

  it("leave out an exposure of which nothing is known", () => {
    const exposure = { time: null, f_number: null, iso: null, focal_length: null };
    expect(photoFacts(mediaWith({ intrinsic: intrinsicWith({ exposure }) }))).toEqual([]);
  });

  test.each([
    ["Canon", "Canon EOS 70D", "Canon EOS 70D"],
    ["NIKON CORPORATION", "NIKON D70s", "NIKON D70s"],
    ["FUJIFILM", "DS-7", "FUJIFILM DS-7"],
    ["Pentax", null, "Pentax"],
    [null, "X100", "X100"],
  ])("name the camera of %j, %j", (make, model, text) => {
    const facts = photoFacts(
      mediaWith({ intrinsic: intrinsicWith({ camera: { make, model, lens: null } }) }),
    );
    expect(told(facts)).toEqual([`Camera: ${text}`]);
  });

  it("name no camera where maker and model are not known", () => {
    const camera = { make: null, model: null, lens: null };
    expect(photoFacts(mediaWith({ intrinsic: intrinsicWith({ camera }) }))).toEqual([]);
  });
});

describe("the facts of a file", () => {
  it("tell sizes, type and storage", () => {
    expect(told(fileFacts(mediaWith({ intrinsic: intrinsicWith({ width: 4032, height: 3024 }) })))).toEqual([
      "Size of the picture: 4032 × 3024 (12.2 megapixels)",
      "Size of the file: 3.1 MB",
      "Type: image/jpeg",
      "Storage: r2",
    ]);
  });

  it("leave out the size of a picture that is not known", () => {
    expect(fileFacts(mediaWith()).map(({ label }) => label)).not.toContain("Size of the picture");
  });
});

it("tells when a record came and changed, and how often people have changed it", () => {
  const labels = recordFacts(mediaWith({ revision: 1234 })).map(({ label }) => label);
  expect(labels).toEqual(["Added", "Changed", "Revision"]);
  expect(recordFacts(mediaWith({ revision: 1234 })).at(-1)?.text).toBe("1,234");
});
