import { parseArgs } from "node:util";

/**
 * The calls of wrangler that a deploy consists of. Migrations first: they work for the version that runs and for the
 * one that comes. Where a flag says which deployment is meant, it is for both.
 */
export function deploySteps(argv: string[]): string[][] {
  const { values } = parseArgs({
    args: argv,
    strict: false,
    options: { env: { type: "string", short: "e" }, config: { type: "string", short: "c" } },
  });
  const target = Object.entries({ env: values.env, config: values.config }).flatMap(([name, value]) =>
    typeof value === "string" ? [`--${name}`, value] : [],
  );
  return [
    ["d1", "migrations", "apply", "DB", "--remote", ...target],
    ["deploy", ...argv],
  ];
}
