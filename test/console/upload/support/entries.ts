// Entries of a file system as browsers have them (File and Directory Entries API), as far as they are asked.
import type { Entry, FileEntry, FolderEntry } from "../../../../console/src/upload/picked.ts";

/** A file that was dropped. */
export function fileEntry(name: string): FileEntry {
  return { name, isFile: true, isDirectory: false, file: (found) => found(new File([name], name)) };
}

/** A file that is gone when somebody asks for it. */
export function lostEntry(name: string): FileEntry {
  return { ...fileEntry(name), file: (_found, failed) => failed(new Error("It is gone.")) };
}

/** A folder whose reader gives no more than 100 entries at a time, as Chromium's does. */
export function folderEntry(name: string, entries: readonly Entry[]): FolderEntry {
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return { readEntries: (found) => found(entries.slice(at, (at += 100))) };
    },
  };
}
