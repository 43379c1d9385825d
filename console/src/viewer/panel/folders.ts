/** A folder on the way to a file. */
export interface FolderStep {
  readonly name: string;
  /** What the object keys of everything in it begin with; ends in `/`. */
  readonly prefix: string;
}

/** The folders that an object key leads through, the outermost first; none for a file that lies in no folder. */
export function foldersOf(objectKey: string): FolderStep[] {
  const names = objectKey.split("/").slice(0, -1);
  return names.map((name, index) => ({ name, prefix: `${names.slice(0, index + 1).join("/")}/` }));
}
