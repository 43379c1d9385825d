import parse, { type Info } from "spdx-expression-parse";

/** A package of the lock file, as far as its licence goes. */
export interface Dependency {
  readonly name: string;
  /** As the package states it, an SPDX expression; null where it states none. */
  readonly licence: string | null;
  /** Whether it comes to others: in the Worker's bundle, beside it as a static asset, or with the client. */
  readonly isShipped: boolean;
}

/** A licence that asks for more than to be named, and the packages which may have it all the same. */
export interface Allowance {
  readonly licence: string;
  readonly packages: RegExp;
  readonly mayShip: boolean;
  readonly why: string;
}

/** Licences that ask of whoever ships a program for no more than their text, which /licences.txt has. */
export const permissiveLicences: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
]);

/** What is allowed beyond these. One that no package needs any more fails the check. */
export const allowances: readonly Allowance[] = [
  {
    licence: "LGPL-3.0",
    packages: /^libheif-js$/,
    mayShip: true,
    why: "a module of its own that anybody can replace, with all that the licence asks: docs/adr/0005",
  },
  {
    licence: "LGPL-3.0-or-later",
    packages: /^@img\/sharp-/,
    mayShip: false,
    why: "libvips in sharp, which benchmarks and the comparison of photos run as it is",
  },
  {
    licence: "MPL-2.0",
    packages: /^axe-core$/,
    mayShip: false,
    why: "looks for what keeps people out of the pages, in the browser tests; its file is not changed",
  },
  {
    licence: "MPL-2.0",
    packages: /^lightningcss/,
    mayShip: false,
    why: "comes with Vite, which runs the tests; its files are not changed",
  },
  {
    licence: "Python-2.0",
    packages: /^argparse$/,
    mayShip: false,
    why: "comes with what reads YAML for the generator of the client's types",
  },
  {
    licence: "PSF-2.0",
    packages: /^argparse$/,
    mayShip: false,
    why: "the same licence as it is called since argparse 3; comes with the linter of OpenAPI documents",
  },
  {
    licence: "CC-BY-3.0",
    packages: /^spdx-exceptions$/,
    mayShip: false,
    why: "a list of names, which this check reads",
  },
];

/** What is wrong with the licences of packages, a sentence each; nothing where all are allowed. */
export function licenceProblems(
  dependencies: readonly Dependency[],
  allowed: readonly Allowance[] = allowances,
): string[] {
  const used = new Set<Allowance>();
  const problems = dependencies.flatMap((each) => problemOf(each, allowed, used) ?? []);
  const unused = allowed.filter((each) => !used.has(each));
  return [
    ...new Set(problems),
    ...unused.map(({ licence, packages }) => `No package needs ${licence} any more that ${packages} allows.`),
  ];
}

function problemOf(
  { name, licence, isShipped }: Dependency,
  allowed: readonly Allowance[],
  used: Set<Allowance>,
): string | null {
  if (licence === null) return `${name} states no licence.`;
  const expression = parsed(licence);
  if (expression === null) return `${name} states ${licence}, which is no SPDX expression.`;
  if (isAllowed(expression, permissiveLicences)) return null;
  const own = allowed.filter(({ packages, mayShip }) => packages.test(name) && (mayShip || !isShipped));
  if (isAllowed(expression, new Set([...permissiveLicences, ...own.map((each) => each.licence)]))) {
    for (const each of own) if (isNamed(expression, each.licence)) used.add(each);
    return null;
  }
  return `${name}, which ${isShipped ? "ships" : "does not ship"}, is under ${licence}.`;
}

function parsed(licence: string): Info | null {
  try {
    return parse(licence);
  } catch {
    return null;
  }
}

/** Whether licences that are allowed are enough for an expression: of those joined by OR one is. */
function isAllowed(expression: Info, allowed: ReadonlySet<string>): boolean {
  if (!("conjunction" in expression)) return allowed.has(idOf(expression));
  const sides = [expression.left, expression.right].map((side) => isAllowed(side, allowed));
  return expression.conjunction === "and" ? sides.every(Boolean) : sides.some(Boolean);
}

function isNamed(expression: Info, licence: string): boolean {
  if (!("conjunction" in expression)) return idOf(expression) === licence;
  return isNamed(expression.left, licence) || isNamed(expression.right, licence);
}

/** A licence as it is written: an exception makes another one of it. */
function idOf({ license, plus, exception }: Exclude<Info, { conjunction: unknown }>): string {
  const id = plus === true ? `${license}+` : license;
  return exception === undefined ? id : `${id} WITH ${exception}`;
}
