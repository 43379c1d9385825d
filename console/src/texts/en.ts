/**
 * Every text of the page in English, by screen. A text with something in it is a function. Numbers and dates are written by
 * `Intl`, in the language of the page; see `texts.ts`.
 */
export const en = {
  app: {
    name: "Tagline",
    loading: "Loading …",
    skip: "Skip to the photos",
    photos: "Photos",
    retry: "Try again",
  },
  signIn: {
    title: "Sign in to see the photos",
    key: "API key",
    keyHint: "Whoever runs this archive gives out the keys. On your own machine, “npm run key” shows them.",
    showKey: "Show the key",
    submit: "Sign in",
    submitting: "Signing in …",
    empty: "Enter a key.",
    wrongKey: "The service does not know this key. Check that the whole key was copied.",
    tooOften: "Too many attempts came from this address. Wait a minute, then try again.",
    noRead: "This key may not look at photos: it has no scope “read”.",
    offline: "The service cannot be reached. Check the connection, then try again.",
    ended: "Your session has ended. Sign in to go on where you were.",
    kept: "The key is sent once and not kept. The session lasts 12 hours.",
  },
  account: {
    open: "Account",
    by: {
      key: "Known by a key",
      session: "Signed in with the key",
      access: "Signed in through Cloudflare Access as",
    },
    may: {
      read: "You may look at the photos.",
      write: "You may look at the photos and describe them.",
      admin: "You may look at the photos, describe them and look after the archive.",
    },
    until: (time: string) => `The session ends at ${time}.`,
    documentation: "Documentation of the API",
    keys: "Keyboard",
    signOut: "Sign out",
    signOutFailed: "The service cannot be reached, so you are still signed in.",
  },
  states: {
    offline: "No connection. What has been loaded stays here; the rest comes when the connection is back.",
    notPermittedTitle: "This archive is not open to you",
    notPermitted:
      "Cloudflare Access knows you, but the archive has not been opened to your address. Ask whoever runs it to add you to ACCESS_SCOPES, or sign in with a key.",
    brokenTitle: "The photos cannot be shown now",
    broken: "The service does not answer as it should.",
  },
  grid: {},
  viewer: {},
  find: {},
  keys: {
    title: "Keyboard",
    close: "Close",
    everywhere: "Everywhere",
    show: "Show these keys",
    search: "Go to the search field",
    escape: "Close what is open",
    grid: "Among the photos",
    arrows: "Go to the next photo in that direction",
    pages: "Go a screen up or down",
    row: "Go to the first or last photo of the row",
    ends: "Go to the first or last photo of all",
    open: "Open the photo",
    scrubber: "On the time line",
    months: "Go a month up or down",
    years: "Go a year up or down",
  },
} as const;
