import { describe, expect, it, test } from "vitest";
import { wordsOf } from "../../../../console/src/viewer/panel/words.ts";
import { intrinsicWith, mediaWith } from "../support/media.ts";

describe("the words of a photo", () => {
  it("are nothing where nobody has written any", () => {
    expect(wordsOf(mediaWith())).toEqual({
      title: null,
      description: null,
      caption: null,
      keywords: [],
      rating: null,
      fields: [],
      customFields: [],
    });
  });

  it("are told by their names, in the order of the standard", () => {
    const words = wordsOf(
      mediaWith({
        object_metadata: {
          country: "Italy",
          creator: "Ann",
          title: "Harbour",
          description: "Boats.",
          keywords: ["dawn", "boats"],
          rating: 4,
        },
        intrinsic: intrinsicWith({ caption: "Boats, and more." }),
      }),
    );
    expect(words).toEqual({
      title: "Harbour",
      description: "Boats.",
      caption: "Boats, and more.",
      keywords: ["dawn", "boats"],
      rating: 4,
      fields: [
        { name: "creator", label: "Creator", text: "Ann" },
        { name: "country", label: "Country", text: "Italy" },
      ],
      customFields: [],
    });
  });

  it("have custom fields by the alphabet, without empty ones", () => {
    const words = wordsOf(mediaWith({ object_metadata: { shelf_mark: "B 12", box: 7, note: "" } }));
    expect(words.customFields).toEqual([
      { name: "box", label: "Box", text: "7" },
      { name: "shelf_mark", label: "Shelf mark", text: "B 12" },
    ]);
  });

  test.each([
    ["title", 5, "5"],
    ["rating", 7, "7"],
    ["rating", "good", "good"],
    ["creator", ["Ann", "Ben"], "Ann, Ben"],
    ["keywords", "beach", "beach"],
    ["keywords", ["beach", 5], "beach, 5"],
    ["location", "Paris", "Paris"],
  ])("are custom where an older value of %s is none: %j", (name, value, text) => {
    const words = wordsOf(mediaWith({ object_metadata: { [name]: value } }));
    expect(words.customFields.map((field) => [field.name, field.text])).toEqual([[name, text]]);
  });

  it("do not repeat a keyword that stands there twice", () => {
    expect(wordsOf(mediaWith({ object_metadata: { keywords: ["a", "b", "a"] } })).keywords).toEqual([
      "a",
      "b",
    ]);
  });

  it("leave date and place to the facts where those of a person count", () => {
    const words = wordsOf(
      mediaWith({
        object_metadata: { taken_at: "1962", location: { latitude: 1, longitude: 2 } },
        taken: { at: "1962-01-01T00:00:00.000", offset: null, precision: "year", source: "person" },
        place: { latitude: 1, longitude: 2, altitude: null, source: "person" },
      }),
    );
    expect(words.customFields).toEqual([]);
  });
});
