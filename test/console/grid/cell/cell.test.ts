import { describe, expect, it } from "vitest";
import { boxOf } from "../../../../console/src/grid/cell/box.ts";
import { datesIn } from "../../../../console/src/grid/cell/dates.ts";
import { joined, lackOf, nameOf } from "../../../../console/src/grid/cell/naming.ts";
import { reasonOf } from "../../../../console/src/grid/cell/reason.ts";
import { photoOf } from "../../../../console/src/library/photo.ts";

const photo = photoOf({
  id: "1",
  object_key: "2024/beach/IMG_1.jpg",
  state: "ready",
  thumbnail_version: "v-3",
});

describe("the name of a photo", () => {
  it("is its description, else its title, else the name of its file", () => {
    const titled = { ...photo, title: "A title" };
    expect([nameOf(photo), nameOf(titled), nameOf({ ...titled, description: "Two dogs" })]).toEqual([
      "IMG_1.jpg",
      "A title",
      "Two dogs",
    ]);
  });
});

describe("a name of several parts", () => {
  it("says nothing twice", () => {
    expect(joined(["Dogs at the sea", "at the sea", null, "14 July 2024", "1 of 9"])).toBe(
      "Dogs at the sea, 14 July 2024, 1 of 9",
    );
  });

  it("is on one line", () => {
    expect(nameOf({ ...photo, description: " two\n lines " })).toBe("two lines");
  });
});

describe("what a photo lacks", () => {
  it.for([
    [{}, null],
    [{ missingSince: "2024-01-01T00:00:00.000Z" }, "missing"],
    [{ state: "pending" }, "pending"],
    [{ state: "failed", thumbnailVersion: null }, "failed"],
    [{ state: "unsupported", thumbnailVersion: null }, "unsupported"],
    [{ thumbnailVersion: null }, "unsupported"],
  ] as const)("of %o is %s", ([changes, lack]) => {
    expect(lackOf({ ...photo, ...changes })).toBe(lack);
  });
});

describe("dates", () => {
  const dates = datesIn("en-GB");

  it("are written as far as they are known, whatever the time zone", () => {
    const at = "1962-01-01T00:00:00.000";
    expect(
      (["year", "month", "day", "second"] as const).map((precision) => dates.taken({ at, precision })),
    ).toEqual(["1962", "January 1962", "1 January 1962", "1 January 1962"]);
  });

  it("name months, and years of which no more is known", () => {
    expect([dates.period("2024-07", "month"), dates.period("1962-01", "year")]).toEqual([
      "July 2024",
      "1962",
    ]);
  });
});

describe("the box of a picture", () => {
  it.for([
    [{ width: 4000, height: 3000 }, "contain", [200, 150]],
    [{ width: 3000, height: 4000 }, "contain", [150, 200]],
    [{ width: 10_000, height: 1 }, "contain", [200, 1]],
    [{ width: 4000, height: 3000 }, "cover", [200, 200]],
    [{ width: null, height: 3000 }, "contain", [200, 200]],
    [{ width: 0, height: 0 }, "contain", [200, 200]],
    [null, "contain", [200, 200]],
  ] as const)("of %o by %s is %o", ([sized, fit, [width, height]]) => {
    expect(boxOf(sized, 200, fit)).toEqual({ width, height });
  });
});

describe("why a picture does not come", () => {
  it("is told in the words of the service", async () => {
    const answer = async (): Promise<Response> =>
      Response.json({ detail: "The object is gone." }, { status: 410 });
    expect(await reasonOf("/x", answer)).toEqual({ status: 410, detail: "The object is gone." });
  });

  it("is not known where the service says nothing", async () => {
    const answers = [
      new Response("busy", { status: 503 }),
      Response.json({ detail: 7 }, { status: 500 }),
      new Response("", { status: 200 }),
    ];
    const reasons = await Promise.all(answers.map((answer) => reasonOf("/x", async () => answer)));
    expect(reasons).toEqual([
      { status: null, detail: null },
      { status: 500, detail: null },
      { status: 200, detail: null },
    ]);
  });

  it("is not known without a connection", async () => {
    const broken = async (): Promise<Response> => {
      throw new TypeError("no connection");
    };
    expect(await reasonOf("/x", broken)).toEqual({ status: null, detail: null });
  });
});
