/**
 * Every text of the page in English, by screen. A text with something in it is a function. Numbers and dates are written by
 * `Intl`, in the language of the page; see `texts.ts`.
 */
export const en = {
  app: {
    name: "Tagline",
    loading: "Loading …",
    skip: "Skip to the photos",
  },
  signIn: {
    title: "Sign in",
    key: "Key",
    submit: "Sign in",
    signOut: "Sign out",
  },
  grid: {
    label: "Photos",
    position: (place: string, count: string, isWhole: boolean) =>
      isWhole ? `${place} of ${count}` : `${place} of more than ${count}`,
    loading: "loading",
    absent: "no longer here",
    undated: "Without a date",
    count: (count: string) => (count === "1" ? "1 photo" : `${count} photos`),
    date: "Date",
    lack: {
      missing: "Missing",
      pending: "Being processed",
      unsupported: "Cannot be shown",
      failed: "Failed",
    },
    lackReason: {
      missing: "The file is gone from the storage.",
      pending: "The photo is being processed.",
      unsupported: "This kind of file has no thumbnail.",
      failed: "The photo could not be processed.",
    },
    notLoaded: "Picture not loaded",
    fit: { label: "Pictures", cover: "Filled squares", contain: "Whole pictures" },
    size: { label: "Size", small: "Small", medium: "Medium", large: "Large" },
    retry: "Try again",
    failure: {
      signedOut: "Your session is over. Sign in again to see the photos.",
      notAllowed: "You may not look at these photos. Ask whoever runs this archive.",
      offline: "The archive cannot be reached. Check the connection, then try again.",
      busy: "The archive has too much to do just now. Wait a moment, then try again.",
      gone: "These photos are no longer here.",
      refused: "The archive does not understand this search. Change it, then try again.",
      broken:
        "The photos could not be loaded. Try again; if it does not help, ask whoever runs this archive.",
    },
  },
  viewer: {},
  find: {},
  states: {},
  keys: {},
} as const;
