import fc from "fast-check";
import { describe, expect, it, test, vi } from "vitest";
import { momentText, takenText } from "../../../../console/src/viewer/formats/taken.ts";

const at = "1962-07-14T16:03:11.250";

describe("the time at which a photo was taken", () => {
  test.each([
    ["year", "1962"],
    ["month", "July 1962"],
    ["day", "14 July 1962"],
    ["second", "14 July 1962 at 16:03:11"],
  ] as const)("is told as far as it is known: to the %s", (precision, text) => {
    expect(takenText({ at, offset: null, precision })).toBe(text);
  });

  it("stays on the camera's clock, with the clock's offset", () => {
    expect(takenText({ at, offset: "+02:00", precision: "second" })).toBe(
      "14 July 1962 at 16:03:11 (UTC+02:00)",
    );
  });

  it("has no offset where only the day is known", () => {
    expect(takenText({ at, offset: "+02:00", precision: "day" })).toBe("14 July 1962");
  });

  test.each(["", "1962", "1962-07-14T16:03:11Z", "1962-13-45T99:00:00", "soon"])(
    "is told as it is where it cannot be read: %j",
    (strange) => {
      expect(takenText({ at: strange, offset: null, precision: "second" })).toBe(strange);
    },
  );

  it("is the same in every zone of the reader", () => {
    const times = fc.date({ min: new Date("1826-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(times, (time) => {
        const local = time.toISOString().slice(0, -1);
        const texts = ["Pacific/Auckland", "America/Los_Angeles"].map((zone) => {
          vi.stubEnv("TZ", zone);
          return takenText({ at: local, offset: null, precision: "second" });
        });
        vi.unstubAllEnvs();
        expect(texts[0]).toBe(texts[1]);
        expect(texts[0]).toContain(String(time.getUTCDate()));
      }),
    );
  });
});

describe("a moment of the world", () => {
  it("is told in the reader's zone", () => {
    vi.stubEnv("TZ", "Europe/Rome");
    const text = momentText("2026-11-22T10:38:00.000Z");
    vi.unstubAllEnvs();
    expect(text).toBe("22 November 2026 at 11:38");
  });

  it("is told as it is where it cannot be read", () => {
    expect(momentText("soon")).toBe("soon");
  });
});
