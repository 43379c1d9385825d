import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";

async function patch(id: string, metadata: unknown): Promise<Response> {
  return api(`/v1/media/${id}`, { method: "PATCH", as: "write", json: { object_metadata: metadata } });
}

/** What a change of a record with these words answers: the words as they are then, or the refusal. */
async function changed(before: Record<string, unknown>, change: Record<string, unknown>): Promise<unknown> {
  const { id } = await insertMedia({ objectMetadata: before });
  const stored = await storedMedia(id);
  const response = await patch(id, change);
  if (response.ok) return (await mediaOf(response)).object_metadata;
  expect(await storedMedia(id)).toEqual(stored);
  return refusalOf(response);
}

const texts = ["title", "creator", "credit", "copyright", "usage_terms", "city", "state", "country"];
const place = { latitude: 48.85, longitude: 2.35 };

describe("PATCH of a field with a meaning", () => {
  it.each(texts)("takes a %s of 1,024 characters, as NFC", async (name) => {
    expect(await changed({}, { [name]: "😀".repeat(1024) })).toEqual({ [name]: "😀".repeat(1024) });
    expect(await changed({}, { [name]: "e\u0301" })).toEqual({ [name]: "é" });
  });

  it.each(texts)("refuses a %s of 1,025 characters, or that is no text", async (name) => {
    const refusal = `422 validation_error object_metadata.${name}`;
    for (const value of ["x".repeat(1025), 5, ["x"], { x: "x" }, true])
      expect(await changed({ [name]: "before" }, { [name]: value })).toBe(refusal);
  });

  it.each([0, 1, 5, 5.0])("takes a rating of %d", async (rating) => {
    expect(await changed({}, { rating })).toEqual({ rating });
  });

  it.each([-1, 6, 4.5, "5", "", [5], true, { stars: 5 }])("refuses a rating of %j", async (rating) => {
    expect(await changed({}, { rating })).toBe("422 validation_error object_metadata.rating");
  });

  it.each([
    "1826",
    "1962",
    "2099",
    "1962-07",
    "1962-07-14",
    "2024-02-29",
    "1962-07-14T16:03",
    "1962-07-14T23:59:59",
    "1962-07-14T16:03:11.2",
    "1962-07-14T16:03:11.250",
  ])("takes %s for when a photo was taken, and keeps it as it was written", async (takenAt) => {
    expect(await changed({}, { taken_at: takenAt })).toEqual({ taken_at: takenAt });
  });

  it.each([
    "",
    "0000",
    "1825",
    "2100",
    "196",
    "19621",
    "1962-",
    "1962-7",
    "1962-00",
    "1962-13",
    "1962-07-00",
    "1962-02-29",
    "1900-02-29",
    "1962-06-31",
    "1962-07-14 16:03:11",
    "1962-07-14T16",
    "1962-07-14T24:00",
    "1962-07-14T16:60",
    "1962-07-14T16:03:60",
    "1962-07-14T16:03:11.",
    "1962-07-14T16:03:11.2500",
    "1962-07-14T16:03:11Z",
    "1962-07-14T16:03:11+02:00",
    "1962/07/14",
    " 1962",
    "1962\n",
    "1962\u0000",
    "\u0661\u0669\u0666\u0662",
    "now",
    "summer of 1962",
    1962,
    [1962],
    { year: 1962 },
    false,
  ])("refuses %j for when a photo was taken", async (takenAt) => {
    expect(await changed({}, { taken_at: takenAt })).toBe("422 validation_error object_metadata.taken_at");
  });

  it.each([
    [90, 180],
    [-90, -180],
    [0, 0],
    [48.8583701, 2.2944813],
  ])("takes a location of %d, %d", async (latitude, longitude) => {
    const location = { latitude, longitude };
    expect(await changed({}, { location })).toEqual({ location });
  });

  it.each<[string, unknown, string]>([
    ["a name", "Paris", "location"],
    ["a list", [48.85, 2.35], "location"],
    ["a number", 48, "location"],
    ["nothing", {}, "location.latitude object_metadata.location.longitude"],
    ["half of it", { latitude: 48.85 }, "location.longitude"],
    ["a latitude beyond the pole", { ...place, latitude: 90.1 }, "location.latitude"],
    ["a longitude beyond the half of a turn", { ...place, longitude: -180.1 }, "location.longitude"],
    [
      "degrees as texts",
      { latitude: "48", longitude: "2" },
      "location.latitude object_metadata.location.longitude",
    ],
    ["an altitude", { ...place, altitude: 35 }, "location.altitude"],
    ["another field", { ...place, name: "Paris" }, "location.name"],
  ])("refuses a location of %s by its path", async (_what, location, paths) => {
    expect(await changed({}, { location })).toBe(`422 validation_error object_metadata.${paths}`);
  });

  it("checks what a location is once the change is applied", async () => {
    expect(await changed({ location: place }, { location: { latitude: 1 } })).toEqual({
      location: { latitude: 1, longitude: 2.35 },
    });
    expect(await changed({ location: { ...place, name: "Paris" } }, { location: { name: null } })).toEqual({
      location: place,
    });
    const lacking = "422 validation_error object_metadata.location.longitude";
    expect(await changed({ location: "Paris" }, { location: { latitude: 1 } })).toBe(lacking);
    const left = "422 validation_error object_metadata.location.name";
    expect(await changed({ location: { ...place, name: "Paris" } }, { location: { latitude: 1 } })).toBe(
      left,
    );
  });

  it("leaves older values of other fields as they are, and removes them when asked", async () => {
    const older = {
      location: "Paris",
      rating: "five",
      taken_at: "summer",
      title: 5,
      city: { name: "Paris" },
    };
    expect(await changed(older, { description: "New" })).toEqual({ ...older, description: "New" });
    const removed = { location: null, rating: null, taken_at: null, title: null, city: null };
    expect(await changed(older, removed)).toEqual({});
    expect(await changed(older, { location: "Paris" })).toBe("422 validation_error object_metadata.location");
  });

  it("names everything that does not fit", async () => {
    const change = {
      rating: 6,
      taken_at: "1962-13",
      location: { latitude: 91, longitude: 0, x: 1 },
      title: 1,
    };
    expect(await changed({}, change)).toBe(
      "422 validation_error object_metadata.rating object_metadata.taken_at object_metadata.location.latitude object_metadata.location.x object_metadata.title",
    );
  });
});

describe("an upload with words", () => {
  it.each([
    ['{"taken_at":"1962-13"}', "taken_at"],
    ['{"location":{"latitude":1}}', "location.longitude"],
    ['{"rating":null}', "rating"],
  ])("is refused for %s", async (words, path) => {
    const form = new FormData();
    form.set("object_key", "a.jpg");
    form.set("object_metadata", words);
    form.set("file", new Blob(["x"]), "a.jpg");
    const response = await api("/v1/media", { method: "POST", as: "write", body: form });
    expect(await refusalOf(response)).toBe(`422 validation_error object_metadata.${path}`);
  });
});
