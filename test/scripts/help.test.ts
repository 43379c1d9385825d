import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { helpOf, readCommand, usageOf } from "../../scripts/arguments.ts";
import { collect, projectRoot } from "../../scripts/wrangler.ts";
import { commands } from "./support/commands.ts";

/** Have tests of their own for what they tell. */
const testedElsewhere: ReadonlySet<string> = new Set(["backup", "backup:restore", "start", "wrangler"]);

/** What npm runs for each command that is a script of ours; the last one of several gets the arguments. */
async function ourScripts(): Promise<Map<string, string[]>> {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")));
  const lines = Object.entries(scripts).map(([name, line]): [string, string[]] => [
    name,
    (line.split(" && ").at(-1) ?? "").split(" "),
  ]);
  return new Map(lines.filter(([, [program]]) => program === "node"));
}

test("every command that is a script of ours has a table of its flags", async () => {
  const names = [...(await ourScripts()).keys()].filter((name) => !testedElsewhere.has(name));
  expect(names.sort()).toEqual(Object.keys(commands).sort());
});

test.each(Object.entries(commands))(
  "`%s --help` tells every flag with its default",
  async (name, command) => {
    const words = (await ourScripts()).get(name)?.slice(1) ?? [];
    const { code, output } = await collect([process.execPath, [...words, "--help"]]);
    expect({ code, output }).toEqual({ code: 0, output: `${helpOf(command)}\n` });
    const told = [...output.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag);
    expect(told).toEqual([...Object.keys(command.flags), "help"]);
    for (const [flag, { about }] of Object.entries(command.flags)) {
      const [, row = ""] = output.split(`\n  --${flag}`);
      const text = (row.split(/\n {2}\S/)[0] ?? "").replaceAll(/\s+/g, " ");
      expect(text).toContain(about);
      expect(text).toMatch(/\(default: .+\)/);
    }
  },
);

test.each(Object.entries(commands))(
  "`%s` takes each flag that its help tells, and no other",
  (_, command) => {
    for (const [flag, { type }] of Object.entries(command.flags)) {
      const argv = type === "string" ? [`--${flag}`, "x"] : [`--${flag}`];
      expect(readCommand(command, argv).values).toMatchObject({ [flag]: type === "string" ? "x" : true });
    }
    expect(() => readCommand(command, ["--nonsense"])).toThrow(usageOf(command));
  },
);

test("no command reads flags beside its table", async () => {
  const folders = ["scripts", "bench", "test/support/dropbox/node"];
  const listed = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(projectRoot, folder), { recursive: true })).map((file) => `${folder}/${file}`),
    ),
  );
  const files = listed
    .flat()
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith("scripts/start/"));
  const texts = await Promise.all(files.map((file) => readFile(join(projectRoot, file), "utf8")));
  expect(files.filter((_, index) => texts[index]?.includes("parseArgs"))).toEqual(["scripts/arguments.ts"]);
});
