/** The folder of a day, as an archive by date has it: `2026/2026-11-29/`. */
export function folderOfDay(day: Date): string {
  const [year, month, date] = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${year}/${year}-${month}-${date}/`;
}

/** A folder as somebody has written it, as keys have it: without a slash before it, with one behind it. Empty for none. */
export function folderOfText(text: string): string {
  const segments = text
    .normalize("NFC")
    .split("/")
    .map((segment) => segment.trim());
  const kept = segments.filter((segment) => segment !== "");
  return kept.length === 0 ? "" : `${kept.join("/")}/`;
}

/** Whether a folder can be part of a key; the service refuses the rest. */
export function isFolder(folder: string): boolean {
  return !folder.split("/").some((segment) => segment === "." || segment === "..") && !/\p{Cc}/u.test(folder);
}

/** The object key of a file in a folder. */
export function keyIn(folder: string, path: string): string {
  return `${folder}${path}`.normalize("NFC");
}

/** The same name with a number, for a file beside another one: `IMG_1 (2).jpg`. */
export function numberedKey(key: string, number: number): string {
  const name = key.lastIndexOf("/") + 1;
  const dot = key.lastIndexOf(".");
  const end = dot > name ? dot : key.length;
  return `${key.slice(0, end)} (${number})${key.slice(end)}`;
}

/** The folder that all keys lie in, as deep as there is one; empty for none. */
export function commonFolder(keys: readonly string[]): string {
  const [first = "", ...others] = keys;
  let folder = first.slice(0, first.lastIndexOf("/") + 1);
  while (folder !== "" && !others.every((key) => key.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  return folder;
}
