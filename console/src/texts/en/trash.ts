const photos = (count: string): string => (count === "1" ? "1 photo" : `${count} photos`);
const thisOrThese = (count: string): string => (count === "1" ? "this photo" : `these ${count} photos`);

/** What is said in English of photos that are deleted, and of the trash. */
export const trash = {
  title: "Trash",
  lead: (days: string): string =>
    `Deleted photos stay here for ${days === "1" ? "1 day" : `${days} days`}, with everything that was written about them. Then they are deleted for good.`,
  leadUnknown: "Deleted photos stay here for a while, with everything that was written about them.",
  noTrash: "This archive has no trash: what is deleted is gone for good.",
  empty: "The trash is empty.",
  loading: "Loading the trash …",
  more: "Show more",
  trashedAt: (time: string): string => `Deleted ${time}`,
  goesAt: (day: string): string => `Goes for good after ${day}`,
  restore: "Restore",
  restoreOne: (name: string): string => `Restore ${name}`,
  tick: (name: string): string => `Choose ${name}`,
  tickAll: "Choose all that are shown",
  ticked: (count: string): string => `${photos(count)} chosen`,
  restoreTicked: "Restore",
  deleteTicked: "Delete for good",
  restored: (count: string): string => `${photos(count)} restored.`,
  deletedForGood: (count: string): string => `${photos(count)} deleted for good.`,
  noLonger: (count: string): string =>
    `${photos(count)} ${count === "1" ? "was" : "were"} no longer in the trash, and not deleted.`,
  show: "Show the photo",
  noPicture: "No picture",
  remove: "Delete the photo",
  removing: (done: string, total: string): string => `Deleting: ${done} of ${photos(total)} …`,
  restoring: (done: string, total: string): string => `Restoring: ${done} of ${photos(total)} …`,
  stop: "Stop",
  close: "Close",
  again: "Try again",
  cancel: "Cancel",
  askTitle: (count: string): string => `Delete ${photos(count)} for good?`,
  ask: (count: string): string =>
    `The file, the description and the history of ${thisOrThese(count)} will be gone. Nobody can take this back.`,
  askNoTrash: (count: string): string =>
    `This archive has no trash. The file, the description and the history of ${thisOrThese(count)} will be gone, and nobody can take this back.`,
  deleteForGood: "Delete for good",
  adminOnly: "This archive has no trash, so only whoever looks after it can delete photos.",
  partly: (count: string, total: string): string => `${count} of ${photos(total)} deleted.`,
  partlyRestored: (count: string, total: string): string => `${count} of ${photos(total)} restored.`,
  reason: (count: string, reason: string): string => `${photos(count)}: ${reason}`,
  failedTitle: "Not everything was deleted",
  stoppedTitle: "Deleting was stopped",
  runningTitle: (count: string): string => `Deleting ${photos(count)}`,
  failures: {
    signedOut: "The session is over. Sign in again.",
    notAllowed: "You may not delete photos here. Ask whoever runs this archive.",
    offline: "The service cannot be reached. Check the connection, then try again.",
    busy: "The service is busy. Wait a moment, then try again.",
    gone: "The photo is no longer here.",
    refused: "The service does not do this.",
    broken: "The service could not answer. Try again.",
  },
} as const;
