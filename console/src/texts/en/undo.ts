/** What is said in English of changes and of the way back. */
export const undo = {
  undo: "Undo",
  saved: "Saved",
  changed: (count: string): string => (count === "1" ? "1 photo changed" : `${count} photos changed`),
  trashed: (count: string): string =>
    count === "1" ? "Moved to the trash" : `${count} photos moved to the trash`,
  undoing: "Undoing …",
  undone: "Undone",
  undoneBut: (count: string): string =>
    `Undone, except for ${count === "1" ? "1 photo that was" : `${count} photos that were`} changed since`,
  restoredBut: (count: string): string =>
    `Restored, except for ${count === "1" ? "1 photo that is" : `${count} photos that are`} no longer in the trash`,
  failed: {
    changed: "Not undone: somebody has changed this photo since. Its history shows both.",
    signedOut: "Not undone: the session is over. Sign in again.",
    notAllowed: "Not undone: you may not change this photo.",
    offline: "Not undone: the service cannot be reached. Try again when the connection is back.",
    busy: "Not undone: the service is busy. Try again in a moment.",
    gone: "Not undone: the photo is no longer here.",
    refused: "Not undone: the service does not take it back.",
    broken: "Not undone: the service could not answer. Try again.",
  },
} as const;
