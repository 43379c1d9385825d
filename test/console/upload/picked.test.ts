import { expect, it } from "vitest";
import { filesOf, pickedFrom, type Dropped } from "../../../console/src/upload/picked.ts";
import { fileEntry, folderEntry, lostEntry } from "./support/entries.ts";

const pathsOf = async (dropped: readonly Dropped[]): Promise<string[]> =>
  (await filesOf(dropped)).picked.map(({ path }) => path);

it("finds the files of folders within folders, with their paths", async () => {
  const holiday = folderEntry("Holiday", [
    fileEntry("IMG_2.jpg"),
    folderEntry("beach", [fileEntry("IMG_1.jpg")]),
  ]);
  expect(await pathsOf([holiday, fileEntry("single.jpg")])).toEqual([
    "Holiday/beach/IMG_1.jpg",
    "Holiday/IMG_2.jpg",
    "single.jpg",
  ]);
});

it("has files in the order in which people number them", async () => {
  expect(await pathsOf([fileEntry("IMG_10.jpg"), fileEntry("IMG_9.jpg")])).toEqual([
    "IMG_9.jpg",
    "IMG_10.jpg",
  ]);
});

it("reads a folder to its end, which a reader gives in parts", async () => {
  const names = Array.from({ length: 250 }, (_, index) => `${index}.jpg`);
  const folder = folderEntry("many", names.map(fileEntry));
  expect(await pathsOf([folder])).toHaveLength(250);
});

it("leaves out what systems put beside photos", async () => {
  const folder = folderEntry("Card", [
    fileEntry(".DS_Store"),
    fileEntry("._IMG_1.jpg"),
    fileEntry("Thumbs.db"),
    folderEntry("@eaDir", [fileEntry("IMG_1.jpg")]),
    fileEntry("IMG_1.jpg"),
  ]);
  expect(await pathsOf([folder])).toEqual(["Card/IMG_1.jpg"]);
});

it("names what cannot be read, and goes on", async () => {
  const { picked, unreadable } = await filesOf([
    lostEntry("lost.jpg"),
    new File(["x"], "b.jpg"),
    fileEntry("a.jpg"),
  ]);
  expect([picked.map(({ path }) => path), unreadable]).toEqual([["a.jpg", "b.jpg"], ["lost.jpg"]]);
});

it("takes the paths of a folder that was chosen, without what systems put there", () => {
  const chosen = ["Card/IMG_1.jpg", "Card/.Trashes/IMG_1.jpg"].map((path) =>
    Object.defineProperty(new File(["x"], "IMG_1.jpg"), "webkitRelativePath", { value: path }),
  );
  expect(pickedFrom([...chosen, new File(["x"], "a.jpg")]).map(({ path }) => path)).toEqual([
    "a.jpg",
    "Card/IMG_1.jpg",
  ]);
});
