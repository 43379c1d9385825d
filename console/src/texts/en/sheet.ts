/** What the contact sheet says in English. */
export const sheet = {
  range: (first: string, last: string, count: string): string => `Photos ${first} to ${last} of ${count}`,
  rangeAtLeast: (first: string, last: string, count: string): string =>
    `Photos ${first} to ${last} of more than ${count}`,
  pages: "Pages",
  pagesBelow: "Pages, below the photos",
  previous: "Previous page",
  next: "Next page",
  photo: (place: string, name: string): string => `Photo ${place}: ${name}`,
  open: (name: string): string => `Open ${name}`,
  hint: "Ctrl + Enter saves a photo and goes on to the next one. Alt + ↑ copies what is missing from the one before.",
  suggestionsHint: "Alt + Enter takes what is suggested, Alt + R refuses it.",
  notAllowed: "You may look at the photos, but not describe them. Ask whoever runs this archive.",
  none: "No photos fit what you are looking for.",
  beyond: "There are no photos on this page any more.",
  loading: "Loading the photos …",
  notLoaded: "The words of these photos could not be loaded.",
  again: "Try again",
  noPicture: "No picture",
  last: "Saved. This was the last photo.",
} as const;
