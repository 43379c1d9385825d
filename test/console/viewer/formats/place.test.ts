import fc from "fast-check";
import { expect, it, test } from "vitest";
import { altitudeText, coordinatesText, mapUrl } from "../../../../console/src/viewer/formats/place.ts";

test.each([
  [48.85, 2.35, "48.85° N, 2.35° E"],
  [-33.856784, 151.215297, "33.85678° S, 151.2153° E"],
  [19.4326, -99.1332, "19.4326° N, 99.1332° W"],
  [0, 0, "0° N, 0° E"],
])("tells %d, %d as %s", (latitude, longitude, text) => {
  expect(coordinatesText({ latitude, longitude })).toBe(text);
});

it("tells how high a place lies, and how deep", () => {
  expect([altitudeText(35.1), altitudeText(-12)]).toEqual(["35 m above the sea", "12 m below the sea"]);
});

it("leads to a mark at the place, on OpenStreetMap and nowhere else", () => {
  const places = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(places, (place) => {
      const url = new URL(mapUrl(place));
      const marked = ["mlat", "mlon"].map((name) => Number(url.searchParams.get(name)));
      expect(url.origin).toBe("https://www.openstreetmap.org");
      expect(Math.abs((marked[0] ?? Number.NaN) - place.latitude)).toBeLessThan(1e-5);
      expect(Math.abs((marked[1] ?? Number.NaN) - place.longitude)).toBeLessThan(1e-5);
    }),
  );
});
