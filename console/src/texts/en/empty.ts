/** What is said in English where there are no photos. */
export const empty = {
  archive: {
    title: "No photos yet",
    lead: "Tagline shows the photos that are in your storage. There are two ways to bring them in.",
    importTitle: "From a folder on your computer",
    importText: "Run this in Tagline's folder. It sends the photos in and waits until each one is processed:",
    ingestTitle: "From your storage",
    ingestText:
      "Put the photos into the bucket or folder that Tagline is connected with. Tagline looks for new photos every night, and whenever you ask:",
    look: "Look for photos now",
    looking: "Looking for photos …",
    found: (scanned: string, processed: string) =>
      `Looking for photos … ${scanned} files seen, ${processed} processed.`,
    done: (photos: string) => `Done: ${photos} found.`,
    nothing: "Done: there are no photos in the storage.",
    trouble: "Tagline has looked, and something went wrong. The documentation says how to find out what.",
    failed: "The service could not be asked. Check the connection and try again.",
    come: (photos: string) => `${photos} came in just now.`,
    show: "Show the photos",
    ask: "Whoever looks after this archive can bring photos in.",
    docs: "Documentation",
    allMissing: (photos: string) =>
      `The storage has none of the ${photos} any more. What was written about the photos is kept.`,
    showMissing: "Show the missing photos",
    copy: "Copy the command",
    copied: "Copied.",
  },
  nothing: {
    title: "No photos found",
    lead: "No photo fits all of this:",
    withoutIt: "Leave this out",
    all: "Show all photos",
    meant: "Did you mean:",
    folderTitle: "No photos in this folder",
    folder: (path: string) =>
      `No photo in the storage lies in ${path}. Perhaps the folder was renamed, moved or emptied.`,
    up: (path: string) => `Go up to ${path}`,
  },
} as const;
