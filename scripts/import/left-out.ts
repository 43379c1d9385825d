/**
 * What systems and programs put among people's photos: bins, snapshots, and stores of thumbnails, which would double each
 * photo. Whoever means one of these folders names it on the command line.
 */
const systemNames = [
  // Network storage by Synology and QNAP.
  "@eaDir",
  "#recycle",
  "#snapshot",
  "@Recycle",
  "@Recently-Snapshot",
  ".@__thumb",
  // Windows.
  "$RECYCLE.BIN",
  "RECYCLER",
  "System Volume Information",
  "Thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  // macOS, also on the volumes of others.
  ".DS_Store",
  ".Spotlight-V100",
  ".Trashes",
  ".fseventsd",
  ".TemporaryItems",
  ".DocumentRevisions-V100",
  "__MACOSX",
  // Linux.
  "lost+found",
  ".thumbnails",
  // Programs for photos: Picasa's copies from before an edit, digiKam's bin.
  ".picasaoriginals",
  ".dtrash",
] as const;

/** Volumes that are shared with Windows and macOS have these names in any case. */
const nameByLowerCase: ReadonlyMap<string, string> = new Map(
  systemNames.map((name) => [name.toLowerCase(), name]),
);

/** Names that begin alike: macOS's resource forks beside each file, and the bins of Linux, one for each user. */
const systemPrefixes = ["._", ".Trash-"] as const;

/** The name of the file with a folder's icon on macOS ends in a carriage return. */
const folderIcon = "Icon\r";

/** Libraries of Apple's photo programs, which look like folders elsewhere, and the folders of photos in them. */
const library = /\.(?:photoslibrary|photolibrary|migratedphotolibrary|aplibrary)$/iu;
const libraryPhotos: ReadonlySet<string> = new Set(["originals", "masters"]);

/** A store of previews beside a Lightroom catalogue. */
const previews = /\.lrdata$/iu;

/** What is left out of an import although it may be named like an image, by the word that tells it; null for all else. */
export function leftOutAs(name: string, folder: string): string | null {
  const known = nameByLowerCase.get(name.toLowerCase());
  if (known !== undefined) return known;
  const prefix = systemPrefixes.find((each) => name.startsWith(each));
  if (prefix !== undefined) return `${prefix}*`;
  if (name.startsWith(".")) return "hidden";
  if (name === folderIcon) return "Icon";
  if (previews.test(name)) return "*.lrdata";
  return library.test(folder) && !libraryPhotos.has(name.toLowerCase()) ? "inside photo libraries" : null;
}
