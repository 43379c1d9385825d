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
  grid: {},
  viewer: {},
  find: {},
  states: {},
  keys: {},
} as const;
