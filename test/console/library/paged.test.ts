import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PagedLibrary } from "../../../console/src/library/paged.ts";
import { findingWith, inOrder, photosOf, standIn, type Kept, type StandIn } from "./support/archive.ts";

const opened: PagedLibrary[] = [];

function libraryOf(service: StandIn, finding = findingWith()): PagedLibrary {
  const library = new PagedLibrary(service.archive, finding, () => {});
  opened.push(library);
  return library;
}

afterEach(() => {
  for (const library of opened.splice(0)) library[Symbol.dispose]();
  vi.useRealTimers();
});

/** Waits until a library has nothing more to do. */
async function rest(library: PagedLibrary): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 1));
  while (library.isLoading);
}

async function show(library: PagedLibrary, first: number, end: number): Promise<void> {
  library.show(first, end);
  await rest(library);
}

/** The ids of the photos at the places of a range; null where there is none. */
function idsOf(library: PagedLibrary, first: number, end: number): (string | null)[] {
  return Array.from({ length: end - first }, (_, index) => library.photo(first + index)?.id ?? null);
}

function orderedIds(photos: readonly Kept[], first: number, end: number): string[] {
  return inOrder(photos)
    .slice(first, end)
    .map(({ id }) => id);
}

const years = [
  ...photosOf("2024-07", 30),
  ...photosOf("2024-05", 250),
  ...photosOf("2019-12", 3),
  ...photosOf("1962-01", 1_200),
  ...photosOf(null, 40),
];

describe("a library by date taken", () => {
  it("asks for nothing before something is shown", () => {
    const service = standIn(years);
    const library = libraryOf(service);
    expect([service.asked, library.isLoading, library.isWhole]).toEqual([[], false, false]);
  });

  it("knows its sections before a single photo has come", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    service.held = "/v1/media";
    library.show(0, 20);
    await vi.waitFor(() => expect(library.count).toBe(1_523));
    expect(library.photo(0)).toBeNull();
    expect(library.sections.map(({ period, first, count }) => [period, first, count])).toEqual([
      ["2024-07", 0, 30],
      ["2024-05", 30, 250],
      ["2019-12", 280, 3],
      ["1962-01", 283, 1_200],
      [null, 1_483, 40],
    ]);
    expect(library.isWhole).toBe(true);
  });

  it("has each photo at the place that the order of the service gives it", async () => {
    const library = libraryOf(standIn(years));
    for (const first of [0, 270, 900, 1_450]) {
      await show(library, first, first + 60);
      const end = Math.min(first + 60, library.count);
      expect(idsOf(library, first, end)).toEqual(orderedIds(years, first, end));
    }
  });

  it("tells the place of a photo that has come", async () => {
    const library = libraryOf(standIn(years));
    await show(library, 300, 320);
    const [id = ""] = orderedIds(years, 310, 311);
    expect([library.indexOf(id), library.indexOf("another")]).toEqual([310, null]);
  });

  it("fills a page from as many answers as it takes", async () => {
    const library = libraryOf(standIn(years, { mostOnPage: 7 }));
    await show(library, 0, 50);
    expect(idsOf(library, 0, 50)).toEqual(orderedIds(years, 0, 50));
  });

  it("looks for photos within the range of its finding alone", async () => {
    const library = libraryOf(
      standIn(years),
      findingWith({ takenAfter: "2019", takenBefore: "2024-05-15", has: ["taken_at"] }),
    );
    await show(library, 0, 60);
    const within = years.filter(({ taken }) => taken !== null && taken >= "2019" && taken < "2024-05-15");
    expect(library.count).toBe(within.length);
    expect(idsOf(library, 0, within.length)).toEqual(orderedIds(within, 0, within.length));
  });

  it("reaches the depths of a month that has more photos than an offset reaches", async () => {
    const photos = [...photosOf("2016-07", 15_000), ...photosOf("2016-06", 10)];
    const service = standIn(photos);
    const library = libraryOf(service);
    await show(library, 14_950, 15_010);
    expect(idsOf(library, 14_950, 15_010)).toEqual(orderedIds(photos, 14_950, 15_010));
    expect(service.asked.filter(({ searchParams }) => searchParams.get("by") === "day")).not.toEqual([]);
  });

  it("walks to the depths of a day that has more photos than an offset reaches", async () => {
    const photos = photosOf("2011-03-05", 12_300);
    const library = libraryOf(standIn(photos));
    await show(library, 12_200, 12_300);
    expect(idsOf(library, 12_200, 12_300)).toEqual(orderedIds(photos, 12_200, 12_300));
  });

  it("goes on counting behind what the service counts at once", async () => {
    const library = libraryOf(standIn(years, { timelineCap: 320 }), findingWith({ keywords: ["sea"] }));
    await show(library, 0, 20);
    const periods = library.sections.map(({ period, count }) => [period, count]);
    // January 1962 alone has more than the service counts, which is told as far as it goes.
    expect(periods).toEqual([
      ["2024-07", 30],
      ["2024-05", 250],
      ["2019-12", 3],
      ["1962-01", 320],
      [null, 40],
    ]);
    expect(library.isWhole).toBe(false);
  });

  it("asks for no more than four pages at once", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 1);
    service.asked.splice(0);
    service.held = "all";
    library.show(0, 1_500);
    await vi.waitFor(() => expect(service.asked).toHaveLength(4));
    service.release();
    await rest(library);
    expect(idsOf(library, 0, 1_523)).toEqual(orderedIds(years, 0, 1_523));
  });

  it("stops requests for what has been scrolled past", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 10);
    service.held = "all";
    service.asked.splice(0);
    library.show(500, 520);
    await vi.waitFor(() => expect(service.asked).not.toEqual([]));
    library.show(1_400, 1_420);
    service.release();
    await rest(library);
    expect(service.stopped()).toBeGreaterThan(0);
    expect(library.photo(510)).toBeNull();
    expect(idsOf(library, 1_400, 1_420)).toEqual(orderedIds(years, 1_400, 1_420));
  });
});

describe("jumps one after another", () => {
  beforeEach(() => vi.useFakeTimers());

  it("ask for the photos of the last one only", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    library.show(0, 10);
    await vi.advanceTimersByTimeAsync(1_000);
    const before = service.asked.length;
    for (let first = 20; first < 1_200; first += 20) {
      library.show(first, first + 10);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(service.asked).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(idsOf(library, 1_180, 1_190)).toEqual(orderedIds(years, 1_180, 1_190));
    expect(service.asked.length - before).toBeLessThanOrEqual(2);
  });
});

describe("a list that grows", () => {
  const many = photosOf("2020-02", 10_450);

  it("is whole where the service has counted it", async () => {
    const library = libraryOf(standIn(years), findingWith({ sort: "created_at" }));
    await show(library, 0, 20);
    expect([library.sections, library.count, library.isWhole]).toEqual([[], 1_523, true]);
  });

  it("is as long as an offset reaches, and longer by what has been scrolled to", async () => {
    const library = libraryOf(standIn(many), findingWith({ sort: "object_key" }));
    await show(library, 0, 20);
    expect([library.count, library.isWhole]).toEqual([10_100, false]);
    await show(library, 10_080, 10_100);
    expect(library.count).toBe(10_200);
    for (let round = 0; round < 4; round += 1) await show(library, library.count - 20, library.count);
    expect([library.count, library.isWhole]).toEqual([10_450, true]);
    expect(idsOf(library, 10_400, 10_450)).toEqual(orderedIds(many, 10_400, 10_450));
  });

  it("has no end before the service has told one", async () => {
    const library = libraryOf(standIn(many.slice(0, 230), { totalCap: 50 }), findingWith({ q: "2020-02" }));
    await show(library, 0, 20);
    expect([library.isSearch, library.count, library.isWhole]).toEqual([true, 100, false]);
    await show(library, 80, 100);
    await show(library, 180, 200);
    expect([library.count, library.isWhole]).toEqual([230, true]);
  });

  it("is whole and empty where nothing is found", async () => {
    const library = libraryOf(standIn(years), findingWith({ q: "nothing" }));
    await show(library, 0, 20);
    expect([library.count, library.isWhole]).toEqual([0, true]);
  });

  it("asks for its photos anew without losing those that are shown", async () => {
    const service = standIn(many.slice(0, 30));
    const library = libraryOf(service, findingWith({ sort: "created_at" }));
    await show(library, 0, 30);
    service.photos.splice(0, 1);
    service.held = "all";
    library.refresh();
    expect(library.photo(3)).not.toBeNull();
    service.release();
    await rest(library);
    expect([library.count, library.photo(3)?.id]).toEqual([29, orderedIds(service.photos, 3, 4)[0]]);
  });
});

describe("the generation of a library", () => {
  it.each([
    ["by month", findingWith()],
    ["by name", findingWith({ sort: "object_key" as const })],
  ])("rises when other photos may be at its places, and not when photos come: %s", async (_, finding) => {
    const library = libraryOf(standIn(years), finding);
    await show(library, 0, 20);
    await show(library, 100, 120);
    const before = library.generation;
    library.refresh();
    await rest(library);
    expect([before, library.generation]).toEqual([0, 1]);
  });
});

it("a photo that is gone is absent at once, and the others stay until all were asked for anew", async () => {
  const service = standIn(years);
  const library = libraryOf(service);
  await show(library, 0, 20);
  const [first = "", second = ""] = orderedIds(service.photos, 0, 2);
  library.remove([second, "a photo that has not come"]);
  expect([library.photo(0)?.id, library.isAbsent(1), library.indexOf(second)]).toEqual([first, true, null]);
});

describe("a photo that somebody waits for", () => {
  const signal = new AbortController().signal;

  it("comes wherever the screen is", async () => {
    const library = libraryOf(standIn(years));
    expect((await library.load(1_300, signal))?.id).toBe(orderedIds(years, 1_300, 1_301)[0]);
  });

  it("is none behind the end", async () => {
    const library = libraryOf(standIn(years));
    expect(await library.load(1_523, signal)).toBeNull();
  });

  it("comes from behind what a growing list knows of", async () => {
    const photos = photosOf("2020-02", 10_450);
    const library = libraryOf(standIn(photos), findingWith({ sort: "object_key" }));
    await show(library, 0, 10);
    expect((await library.load(10_100, signal))?.id).toBe(orderedIds(photos, 10_100, 10_101)[0]);
  });

  it("is waited for no longer than its signal says", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    service.held = "all";
    const stop = new AbortController();
    const loaded = library.load(700, stop.signal);
    stop.abort(new Error("another photo"));
    await expect(loaded).rejects.toThrow("another photo");
    await expect(library.load(700, stop.signal)).rejects.toThrow("another photo");
  });

  it("is asked for again after a failure", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 10);
    service.isDown = true;
    await expect(library.load(1_300, signal)).rejects.toThrow("photos.test");
    service.isDown = false;
    expect((await library.load(1_300, signal))?.id).toBe(orderedIds(years, 1_300, 1_301)[0]);
  });
});

describe("what fails", () => {
  it("is told, and asked for again when somebody says so", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    service.isDown = true;
    await show(library, 0, 20);
    expect([library.count, library.failure]).toEqual([0, expect.objectContaining({ code: "unreachable" })]);
    service.isDown = false;
    library.retry();
    await rest(library);
    expect([library.failure, library.photo(0)?.id]).toEqual([null, orderedIds(years, 0, 1)[0]]);
  });

  it("of a page leaves the others as they are", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 20);
    service.isDown = true;
    await show(library, 1_300, 1_320);
    expect(library.failure).toMatchObject({ code: "unreachable" });
    expect(library.photo(0)).not.toBeNull();
    service.isDown = false;
    library.retry();
    await rest(library);
    expect([library.failure, library.photo(1_310)?.id]).toEqual([null, orderedIds(years, 1_310, 1_311)[0]]);
  });

  it("of a renewal leaves what is shown, and is made good by the next", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 20);
    service.isDown = true;
    library.refresh();
    await rest(library);
    expect([library.failure === null, library.photo(0) === null]).toEqual([false, false]);
    service.isDown = false;
    library.retry();
    await rest(library);
    expect([library.failure, library.count]).toEqual([null, 1_523]);
  });
});

describe("an archive that changes", () => {
  it("leaves places empty that have lost their photos since they were counted", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 1);
    service.photos.splice(service.photos.length - 40, 5);
    await show(library, 1_483, 1_523);
    expect([library.count, library.isAbsent(1_517), library.isAbsent(1_518)]).toEqual([1_523, false, true]);
    await expect(library.load(1_520, new AbortController().signal)).resolves.toBeNull();
  });

  it("has empty places where a list ends before its depths", async () => {
    const service = standIn(photosOf("2011-03-05", 12_300));
    const library = libraryOf(service);
    await show(library, 0, 10);
    service.photos.splice(0, 1_900);
    await show(library, 12_200, 12_300);
    expect([library.failure, library.isAbsent(12_250), library.photo(12_250)]).toEqual([null, true, null]);
  });

  it("begins each month where it was laid out, though one before it has grown", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    service.held = "/v1/media";
    library.show(270, 290);
    await vi.waitFor(() => expect(service.asked.length).toBeGreaterThan(1));
    service.photos.push({ id: "new", taken: "2024-05-31T00:00:00.000" });
    service.release();
    await rest(library);
    expect(library.photo(280)?.taken?.at.slice(0, 7)).toBe("2019-12");
  });

  it("is laid out anew when somebody asks for it", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 0, 1);
    const gone = service.photos.splice(40, 2).map(({ id }) => id);
    library.refresh();
    await rest(library);
    expect([library.count, gone.map((id) => library.indexOf(id))]).toEqual([1_521, [null, null]]);
  });

  it("shows the photos near the screen where they belong, until they have come anew", async () => {
    const service = standIn(years);
    const library = libraryOf(service);
    await show(library, 40, 60);
    const shown = library.photo(45)?.id ?? "";
    service.photos.push(...photosOf("2025-01", 10));
    service.held = "/v1/media";
    library.refresh();
    await vi.waitFor(() => expect(library.count).toBe(1_533));
    expect([library.photo(55)?.id, library.indexOf(shown)]).toEqual([shown, 55]);
    service.release();
    await rest(library);
    expect(idsOf(library, 40, 60)).toEqual(orderedIds(service.photos, 40, 60));
  });

  it("asks for nothing anew that nobody has looked at", () => {
    const service = standIn(years);
    libraryOf(service).refresh();
    expect(service.asked).toEqual([]);
  });
});

it("has every photo at its place, whatever the archive and the order of the jumps", async () => {
  const month = fc.tuple(fc.integer({ min: 2000, max: 2003 }), fc.integer({ min: 1, max: 12 }), fc.nat(330));
  await fc.assert(
    fc.asyncProperty(
      fc.array(month, { maxLength: 9 }),
      fc.nat(240),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(Infinity, 9, 100),
      async (months, undated, jumps, mostOnPage) => {
        const photos = new Map(
          months.map(([year, number, count]) => {
            const period = `${year}-${String(number).padStart(2, "0")}`;
            return [period, photosOf(period, count)];
          }),
        );
        const all = [...[...photos.values()].flat(), ...photosOf(null, undated)];
        const library = libraryOf(standIn(all, { mostOnPage }));
        await show(library, 0, 30);
        expect([library.count, library.isWhole]).toEqual([all.length, true]);
        for (const jump of jumps) {
          const first = Math.floor(jump * all.length);
          await show(library, first, first + 30);
          const end = Math.min(first + 30, all.length);
          expect(idsOf(library, first, end)).toEqual(orderedIds(all, first, end));
        }
      },
    ),
    { numRuns: 40 },
  );
});
