import { readdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildViewer, edited, viewerPath } from "../../../scripts/build/viewer.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { temporaryFolder } from "../support/folder.ts";

describe("the documentation's viewer", () => {
  test("is built once, again where a file lacks, and leaves nothing of an earlier one", async () => {
    const assets = await temporaryFolder();
    const folder = join(assets, viewerPath);
    const build = () => buildViewer(assets, join(assets, "record.json"));
    const { files, script } = await build();
    expect((await readdir(folder)).toSorted()).toEqual(files.toSorted());

    const main = join(assets, script);
    const { mtimeMs } = await stat(main);
    await build();
    expect((await stat(main)).mtimeMs).toBe(mtimeMs);

    await writeFile(join(folder, "start-EARLIER.js"), "");
    await unlink(main);
    await build();
    expect((await readdir(folder)).toSorted()).toEqual(files.toSorted());
  });

  test("has names that tell what is in them, and a style sheet that loads nothing", async () => {
    const assets = join(projectRoot, "dist", "assets");
    const { files, style } = await buildViewer(assets);
    expect(files.filter((name) => !/-[A-Z0-9]{8}\.(?:js|css)$/.test(name))).toEqual([]);
    expect(await readFile(join(assets, style), "utf8")).not.toMatch(/@font-face|url\(["']?https?:/);
  });
});

describe("an edit of a package", () => {
  const edit = { file: "a.js", from: "run()", to: "stay()" };

  test("puts one text into the place of another", () => {
    expect(edited("if (x) run();", edit)).toBe("if (x) stay();");
    expect(edited("run()", { ...edit, to: () => "$&" })).toBe("$&");
  });

  test.each(["walk()", "run(); run()"])("fails where its place is not there once: %s", (text) => {
    expect(() => edited(text, edit)).toThrow(/^a\.js has [02] times, and not once: run\(\)$/);
  });
});
