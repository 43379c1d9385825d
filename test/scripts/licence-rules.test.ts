import { describe, expect, test } from "vitest";

import { licenceProblems, type Allowance, type Dependency } from "../../scripts/test/licence-rules.ts";
import { lockedPackages } from "../../scripts/test/locked-packages.ts";

const shipped = { name: "pack", isShipped: true } as const;
const tool: Allowance = { licence: "MPL-2.0", packages: /^pack$/, mayShip: false, why: "it stays here" };

const problemsOf = (licence: string | null, allowed: readonly Allowance[] = []): string[] =>
  licenceProblems([{ ...shipped, licence }], allowed);

describe("the licence of a package", () => {
  test.for([
    "MIT",
    "(MIT OR GPL-3.0-only)",
    "GPL-3.0-only OR (ISC AND BSD-3-Clause)",
    "MIT AND (GPL-2.0-only OR Apache-2.0)",
  ])("is allowed: %s", (licence) => {
    expect(problemsOf(licence)).toEqual([]);
  });

  test.for([
    "GPL-3.0-only",
    "MIT AND GPL-3.0-only",
    "(MIT OR ISC) AND AGPL-3.0-or-later",
    "Apache-2.0 WITH LLVM-exception",
    "Apache-2.0+",
  ])("is refused: %s", (licence) => {
    expect(problemsOf(licence)).toEqual([`pack, which ships, is under ${licence}.`]);
  });

  test.for(["SEE LICENSE IN LICENSE.md", "UNLICENSED", "MIT OR", "(MIT", "mit"])(
    "has to be an SPDX expression: %s",
    (licence) => {
      expect(problemsOf(licence)).toEqual([`pack states ${licence}, which is no SPDX expression.`]);
    },
  );

  test("has to be stated", () => {
    expect(problemsOf(null)).toEqual(["pack states no licence."]);
  });
});

describe("an allowance", () => {
  const licence = "MIT AND MPL-2.0";

  test("for tools does not hold for what ships", () => {
    const tools: Dependency[] = [{ name: "pack", licence, isShipped: false }];
    expect(licenceProblems(tools, [tool])).toEqual([]);
    expect(problemsOf(licence, [tool])).toContain(`pack, which ships, is under ${licence}.`);
  });

  test("holds for the packages that it names alone", () => {
    const other: Dependency[] = [{ name: "pack-of-others", licence, isShipped: false }];
    expect(licenceProblems(other, [tool])).toContain(
      `pack-of-others, which does not ship, is under ${licence}.`,
    );
  });

  test("that no package needs any more is told", () => {
    expect(problemsOf("MIT", [tool])).toEqual(["No package needs MPL-2.0 any more that /^pack$/ allows."]);
  });
});

test("what ships is told from what only builds and tests", () => {
  const packages = new Map(lockedPackages(["@scalar/themes"]).map((each) => [each.name, each]));
  const names = ["hono", "libheif-js", "assemblyscript", "@scalar/themes", "vitest", "sharp"];
  const ships = names.map((name) => packages.get(name)?.isShipped);
  expect(ships).toEqual([true, true, true, true, false, false]);
  expect(packages.get("libheif-js")?.licence).toBe("LGPL-3.0");
});

test("packages for other machines are looked at, too", () => {
  const names = lockedPackages([]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["@img/sharp-darwin-arm64", "@img/sharp-win32-x64"]));
});
