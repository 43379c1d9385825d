import { describe, expect, it } from "vitest";
import { factsOfExif } from "./facts-of.ts";

describe("the time at which a photo was taken", () => {
  it.each([
    ["2024:07:14 16:03:11", undefined, undefined, "2024-07-14T16:03:11.000", null],
    ["2024:07:14 16:03:11", "5", "+02:00", "2024-07-14T16:03:11.500", "+02:00"],
    ["2024:07:14 16:03:11", "123456", "-09:30", "2024-07-14T16:03:11.123", "-09:30"],
    ["2024:07:14 16:03:11", "07 ", "+14:00", "2024-07-14T16:03:11.070", "+14:00"],
    ["2024-07-14T16:03:11", "abc", "+15:00", "2024-07-14T16:03:11.000", null],
    ["2024/07/14 16:03:11", "", "Z", "2024-07-14T16:03:11.000", null],
    ["2024:02:29 00:00:00", undefined, "+02:60", "2024-02-29T00:00:00.000", null],
  ])("of %j, %j, %j is %s%s", async (takenAt, subSeconds, offset, local, expectedOffset) => {
    const fields = {
      takenAt,
      ...(subSeconds === undefined ? {} : { subSeconds }),
      ...(offset === undefined ? {} : { offset }),
    };
    expect((await factsOfExif(fields)).takenAt).toStrictEqual({ local, offset: expectedOffset });
  });

  it.each([
    "0000:00:00 00:00:00",
    "    :  :     :  :  ",
    "2023:02:29 12:00:00",
    "2024:13:01 12:00:00",
    "2024:00:10 12:00:00",
    "2024:06:31 12:00:00",
    "2024:07:14 24:00:00",
    "2024:07:14 12:60:00",
    "2024:07:14 12:00:61",
    "1700:01:01 00:00:00",
    "2024:07:14",
    "yesterday",
    "",
  ])("of %j is not told", async (takenAt) => {
    expect((await factsOfExif({ takenAt, make: "Maker" })).takenAt).toBeNull();
  });
});
