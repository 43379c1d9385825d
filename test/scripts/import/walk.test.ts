import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { walkPaths } from "../../../scripts/import/walk.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const keysOf = async (folder: string, prefix = ""): Promise<string[]> =>
  (await walkPaths([folder], prefix)).files.map((file) => file.key);

test("images and files without an extension are taken, in the order of their names", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "b.HEIC": "",
    "a.jpg": "",
    "sub/c.png": "",
    IMG_1: "",
    "notes.txt": "",
    "raw.cr2": "",
  });
  const walk = await walkPaths([folder], "p/");
  expect(walk.files.map((file) => file.key)).toEqual(["p/IMG_1", "p/a.jpg", "p/b.HEIC", "p/sub/c.png"]);
  expect(walk.ignored).toEqual(
    new Map([
      [".cr2", 1],
      [".txt", 1],
    ]),
  );
});

test("hidden files and folders are left out", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ".hidden.jpg": "", ".git/a.jpg": "", "._a.jpg": "", "a.jpg": "" });
  expect(await keysOf(folder)).toEqual(["a.jpg"]);
});

test("links are followed, and one that leads back up is not walked for ever", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "one/a.jpg": "", "two/b.jpg": "" });
  await symlink(folder, join(folder, "one", "up"));
  await symlink(join(folder, "one"), join(folder, "two", "one"));
  expect(await keysOf(folder)).toEqual(["one/a.jpg", "two/b.jpg", "two/one/a.jpg"]);
});

test("a link that leads nowhere is a problem and stops nothing", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "b.jpg": "" });
  await symlink(join(folder, "nowhere"), join(folder, "a.jpg"));
  const walk = await walkPaths([folder], "");
  expect(walk.files).toHaveLength(1);
  expect(walk.problems).toMatchObject([{ key: "a.jpg" }]);
});

test("object keys are NFC, and a second name with the same key is a problem", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "e\u0301.jpg": "decomposed", "o\u0308.jpg": "", "\u00F6.jpg": "" });
  const walk = await walkPaths([folder], "");
  expect(walk.files.map((file) => file.key)).toEqual(["\u00E9.jpg", "\u00F6.jpg"]);
  expect(walk.problems).toEqual([{ key: "\u00F6.jpg", reason: "another file has the same name in NFC" }]);
});
