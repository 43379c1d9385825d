import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readTaken, takenInput, writtenTimeOf } from "../../../../console/src/words/fields/taken.ts";

const languages = ["en-GB", "de", "fr"];

describe("a date that somebody has typed", () => {
  test.each([
    ["1962", "1962"],
    [" 1962 ", "1962"],
    ["1962-07", "1962-07"],
    ["1962-7", "1962-07"],
    ["7/1962", "1962-07"],
    ["July 1962", "1962-07"],
    ["jul 1962", "1962-07"],
    ["Sept. 1962", "1962-09"],
    ["1962 July", "1962-07"],
    ["Juillet 1962", "1962-07"],
    ["1962-07-14", "1962-07-14"],
    ["14.7.1962", "1962-07-14"],
    ["14. 7. 1962", "1962-07-14"],
    ["14/7/1962", "1962-07-14"],
    ["7/14/1962", "1962-07-14"],
    ["4/4/1962", "1962-04-04"],
    ["14 July 1962", "1962-07-14"],
    ["14th of July 1962", "1962-07-14"],
    ["July 14, 1962", "1962-07-14"],
    ["14. März 1962", "1962-03-14"],
    ["1962-07-14 16:03", "1962-07-14T16:03"],
    ["1962-07-14T16:03:11.250", "1962-07-14T16:03:11.250"],
    ["14.7.1962 16:03", "1962-07-14T16:03"],
    ["14 July 1962 at 4:03 pm", "1962-07-14T16:03"],
    ["14 July 1962, 12:03 am", "1962-07-14T00:03"],
  ])("%s is %s", (text, value) => {
    expect(readTaken(text, languages)).toBe(value);
  });

  test.each([
    "",
    "summer",
    "4/7/1962",
    "62",
    "1825",
    "2100",
    "1962-13",
    "30.2.1962",
    "1962-07 16:03",
    "July 1962 16:03",
    "1962-07-14 25:00",
    "14 July 1962 13:00 pm",
    "1962-07-14T16:03Z",
    "Smarch 1962",
  ])("%s is no date, or more than one", (text) => {
    expect(readTaken(text, languages)).toBeNull();
  });

  it("is the same in every way of writing it", () => {
    const day = fc.date({
      min: new Date("1826-01-01"),
      max: new Date("2099-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.constantFrom(...languages), (date, language) => {
        const value = date.toISOString().slice(0, 10);
        const [year, month, number] = value.split("-").map(Number);
        const named = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(date);
        for (const text of [value, `${number}.${month}.${year}`, `${number} ${named} ${year}`])
          expect(readTaken(text, languages)).toBe(value);
      }),
    );
  });

  it("comes back from its field as it was", () => {
    const moment = fc.date({ min: new Date("1826-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom(4, 7, 10, 16, 19, 23), (date, length) => {
        const value = date.toISOString().slice(0, length);
        expect(readTaken(takenInput(value), languages)).toBe(value);
      }),
    );
  });

  it("is never read as what the service would refuse", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789-./: TJulypm,")) }), (text) => {
        const value = readTaken(text, languages);
        expect(value === null || writtenTimeOf(value) !== null).toBe(true);
      }),
    );
  });
});

test("a date is known as far as it is written", () => {
  expect(["1962", "1962-07", "1962-07-14", "1962-07-14T16:03"].map(writtenTimeOf)).toEqual([
    { at: "1962-01-01T00:00:00.000", precision: "year" },
    { at: "1962-07-01T00:00:00.000", precision: "month" },
    { at: "1962-07-14T00:00:00.000", precision: "day" },
    { at: "1962-07-14T16:03:00.000", precision: "second" },
  ]);
});
