const photos = (count: string): string => (count === "1" ? "1 photo" : `${count} photos`);

/** What is said in English of the last changes of the archive. */
export const changes = {
  title: "Last changes",
  lead: "What was done to several photos at once, the latest first. The history of a single photo is with that photo.",
  loading: "Loading the last changes …",
  empty: "Nobody has changed several photos at once yet.",
  more: "Show earlier changes",
  again: "Try again",
  kinds: {
    bulk: (count: string): string => `${photos(count)} described together`,
    unite: (count: string): string => `The words of ${photos(count)} united`,
    relink: (_count: string): string => "A missing photo given its file again",
    import: (count: string): string => `Words of ${photos(count)} imported`,
    revert: (count: string): string => `A change of ${photos(count)} taken back`,
  },
  by: (name: string): string => `by ${name}`,
  byNobody: "by somebody unknown",
  takenBack: "Taken back",
  takeBack: "Take back",
  takeBackOne: (what: string, when: string): string => `Take back: ${what}, ${when}`,
  takingBack: (done: string, total: string): string => `Taking back: ${done} of ${photos(total)} …`,
  done: (count: string): string => `${photos(count)} as before the change.`,
  nothingDone: "No photo was changed back.",
  skipped: (count: string): string =>
    count === "1"
      ? "1 photo was changed since and stays as it is."
      : `${count} photos were changed since and stay as they are.`,
  showSkipped: "Show these photos",
  skippedPhotos: "Photos that stay as they are",
  firstOfSkipped: (count: string): string => `The first ${count} of them.`,
  failures: {
    signedOut: "The session is over. Sign in again.",
    notAllowed: "You may not take changes back. Ask whoever runs this archive.",
    offline: "The service cannot be reached. Check the connection, then try again.",
    busy: "The service is busy. Wait a moment, then try again.",
    gone: "The archive no longer keeps this change.",
    refused: "The service does not take this change back.",
    broken: "The service could not answer. Try again.",
  },
} as const;
