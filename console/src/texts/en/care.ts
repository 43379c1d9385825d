/** What is said in English in every room that looks after the archive. */
export const care = {
  loading: "Loading …",
  more: "Show more",
  again: "Try again",
  cancel: "Cancel",
  failures: {
    signedOut: "The session is over. Sign in again, then try again.",
    notAllowed: "You may not do this.",
    offline: "The service cannot be reached. Check the connection, then try again.",
    busy: "The service is busy. Try again in a moment.",
    gone: "This is no longer here. Somebody may have changed it meanwhile.",
    refused: "The service does not take this request.",
    broken: "The service could not answer. Try again.",
  },
  /** A failure with the reason that the service gives for it. */
  refusedBecause: (reason: string): string => `The service does not take this: ${reason}`,
  noPicture: "No picture",
  undated: "No date",
  open: (name: string): string => `Open ${name}`,
  photos: (count: number, written: string): string => (count === 1 ? "1 photo" : `${written} photos`),
  moment: {
    today: (time: string): string => `Today at ${time}`,
    yesterday: (time: string): string => `Yesterday at ${time}`,
    day: (day: string, time: string): string => `${day} at ${time}`,
  },
} as const;
