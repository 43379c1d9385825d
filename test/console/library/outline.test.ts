import { expect, it } from "vitest";
import { outlinesOf } from "../../../console/src/library/outline.ts";
import { findingWith, photosOf, standIn } from "./support/archive.ts";

async function outlines(
  ...[photos, habits, finding = {}]: readonly [...Parameters<typeof standIn>, object?]
) {
  const { archive } = standIn(photos, habits);
  const told = [];
  for await (const outline of outlinesOf(archive, findingWith(finding), new AbortController().signal))
    told.push(outline);
  return told.map(({ sections, isWhole, isLast }) => ({
    sections: sections.map(({ period, first, count }) => [period, first, count]),
    isWhole,
    isLast,
  }));
}

const photos = [
  ...photosOf("2024-03", 4),
  ...photosOf("2024-01", 4),
  ...photosOf("2020-02", 4),
  ...photosOf(null, 3),
];

const whole = [
  ["2024-03", 0, 4],
  ["2024-01", 4, 4],
  ["2020-02", 8, 4],
  [null, 12, 3],
];

it("is told at once where the service counts everything", async () => {
  expect(await outlines(photos, {})).toEqual([{ sections: whole, isWhole: true, isLast: true }]);
});

it("has no sections where there are no photos", async () => {
  expect(await outlines([], {})).toEqual([{ sections: [], isWhole: true, isLast: true }]);
});

it("goes on with the month that the service has not counted to its end", async () => {
  expect(await outlines(photos, { timelineCap: 6 })).toEqual([
    { sections: [["2024-03", 0, 4]], isWhole: false, isLast: false },
    {
      sections: [
        ["2024-03", 0, 4],
        ["2024-01", 4, 4],
      ],
      isWhole: false,
      isLast: false,
    },
    { sections: whole, isWhole: true, isLast: true },
  ]);
});

it("tells a month that is too large to be counted as far as it was counted", async () => {
  const told = await outlines(photos, { timelineCap: 3 });
  expect(told.at(-1)).toEqual({
    sections: [
      ["2024-03", 0, 3],
      ["2024-01", 3, 3],
      ["2020-02", 6, 3],
      [null, 9, 3],
    ],
    isWhole: false,
    isLast: true,
  });
});

it.for([
  ["between two dates", { takenAfter: "2020", takenBefore: "2025" }],
  ["where a date is asked for", { has: ["taken_at"] as const }],
] as const)("looks for no photos without a date %s", async ([, changes]) => {
  const { archive, asked } = standIn(photos, { timelineCap: 6 });
  const told = [];
  for await (const { sections } of outlinesOf(archive, findingWith(changes), new AbortController().signal))
    told.push(sections.map(({ period }) => period));
  expect(told.at(-1)).toEqual(["2024-03", "2024-01", "2020-02"]);
  expect(asked.filter(({ searchParams }) => searchParams.has("without"))).toEqual([]);
});

it("counts photos without a date alone where none has one", async () => {
  expect(await outlines(photosOf(null, 5), { timelineCap: 3 }, { without: ["taken_at"] })).toEqual([
    { sections: [[null, 0, 3]], isWhole: false, isLast: true },
  ]);
});
