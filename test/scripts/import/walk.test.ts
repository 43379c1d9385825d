import { readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pathIn } from "../../../scripts/import/names.ts";
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

test("what systems and programs make is left out, whatever its case, and told by its name", async () => {
  const folder = await temporaryFolder();
  const made = [
    "@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg",
    "sub/@EADIR/a.jpg",
    "#recycle/a.jpg",
    ".@__thumb/a.jpg",
    "$Recycle.Bin/a.jpg",
    "System Volume Information/a",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "._a.jpg",
    "sub/._b.jpg",
    ".Trashes/a.jpg",
    ".Trash-1000/files/a.jpg",
    "lost+found/a.jpg",
    ".thumbnails/a.png",
    ".picasaoriginals/a.jpg",
    ".dtrash/a.jpg",
    "__MACOSX/a.jpg",
    "Icon\r",
    ".other/a.jpg",
    "Catalogue Previews.lrdata/0/a.jpg",
  ];
  await writeFiles(folder, Object.fromEntries(["a.jpg", ...made].map((name) => [name, ""])));
  const { files, leftOut, ignored } = await walkPaths([folder], "");
  expect(files.map(({ key }) => key)).toEqual(["a.jpg"]);
  expect(ignored.size).toBe(0);
  expect(Object.fromEntries(leftOut)).toEqual({
    "@eaDir": 2,
    "#recycle": 1,
    ".@__thumb": 1,
    "$RECYCLE.BIN": 1,
    "System Volume Information": 1,
    "Thumbs.db": 1,
    "desktop.ini": 1,
    ".DS_Store": 1,
    "._*": 2,
    ".Trashes": 1,
    ".Trash-*": 1,
    "lost+found": 1,
    ".thumbnails": 1,
    ".picasaoriginals": 1,
    ".dtrash": 1,
    __MACOSX: 1,
    Icon: 1,
    hidden: 1,
    "*.lrdata": 1,
  });
});

test("of a photo library only the photos are taken, not the smaller copies of them", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "My.photoslibrary/originals/0/a.heic": "",
    "My.photoslibrary/resources/derivatives/0/a.jpeg": "",
    "Old.photolibrary/Masters/2012/b.jpg": "",
    "Old.photolibrary/Thumbnails/2012/b.jpg": "",
    "Old.photolibrary/Previews/2012/b.jpg": "",
    "resources/c.jpg": "",
  });
  const { files, leftOut } = await walkPaths([folder], "");
  expect(files.map(({ key }) => key)).toEqual([
    "My.photoslibrary/originals/0/a.heic",
    "Old.photolibrary/Masters/2012/b.jpg",
    "resources/c.jpg",
  ]);
  expect(leftOut).toEqual(new Map([["inside photo libraries", 3]]));
});

/** macOS and Windows have no names but Unicode's. */
describe.runIf(process.platform === "linux")("names that are not UTF-8", () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

  test("of folders and files are escaped, and lead to their own files", async () => {
    const folder = await temporaryFolder();
    const inside = pathIn(folder, latin1("\u00E9t\u00E9"));
    await mkdir(inside);
    await writeFile(pathIn(inside, latin1("\u00E0.jpg")), "1");
    await writeFile(pathIn(inside, latin1("\u00E8.jpg")), "22");
    await writeFile(pathIn(inside, latin1("a.jpg")), "333");
    const { files, escaped, problems } = await walkPaths([folder], "p/");
    const found = files.map(({ key, path }) => [key, readFileSync(path, "utf8")]);
    expect(found).toEqual([
      ["p/%E9t%E9/%E0.jpg", "1"],
      ["p/%E9t%E9/%E8.jpg", "22"],
      ["p/%E9t%E9/a.jpg", "333"],
    ]);
    expect(escaped).toEqual(files.map(({ key }) => key));
    expect(problems).toEqual([]);
  });

  test("are not taken for the names that their escapes are", async () => {
    const folder = await temporaryFolder();
    await writeFiles(folder, { "a%FF.jpg": "1", "%61%FF.jpg": "2" });
    await writeFile(pathIn(folder, latin1("a\u00FF.jpg")), "3");
    const { files, problems } = await walkPaths([folder], "");
    expect(files.map(({ key, path }) => [key, readFileSync(path, "utf8")])).toEqual([
      ["%61%FF%2Ejpg", "3"],
      ["%61%FF.jpg", "2"],
      ["a%FF.jpg", "1"],
    ]);
    expect(problems).toEqual([]);
  });

  test("that a link leads back up to are not walked for ever", async () => {
    const folder = await temporaryFolder();
    const inside = pathIn(folder, latin1("\u00E9"));
    await mkdir(inside);
    await writeFile(pathIn(inside, latin1("a.jpg")), "");
    await symlink(inside, pathIn(inside, latin1("up\u00FF")));
    expect(await keysOf(folder)).toEqual(["%E9/a.jpg"]);
  });
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
