/** What is said in English of what else is done with an open photo, and of going back in its history. */
export const more = {
  open: "More",
  copyPage: "Copy the link to this page",
  share: "Make a link for anybody …",
  remove: "Delete the photo",
  removeKey: "Delete the photo: it goes into the trash",
  shareTitle: "A link for anybody",
  shareLead: "Whoever has this link sees the original file, also without an account, until the link ends.",
  lasts: "The link ends after",
  lengths: { hour: "1 hour", day: "1 day", week: "7 days" },
  make: "Copy the link",
  making: "Making the link …",
  link: "The link",
  copied: (until: string): string => `The link is copied. It ends on ${until}.`,
  notCopied: (until: string): string =>
    `The browser did not let the page copy the link. Copy it from the field. It ends on ${until}.`,
  close: "Close",
  goBack: "Go back to this",
  goBackTo: (revision: string): string => `Go back to this: revision ${revision}`,
  goingBack: "Going back …",
  wentBack: (revision: string): string => `The words are those of revision ${revision} again.`,
  changedMeanwhile:
    "Somebody has changed this photo meanwhile. The history has been loaded again: look at it, then go back if you still want to.",
  failures: {
    signedOut: "The session is over. Sign in again.",
    notAllowed: "You may not do this. Ask whoever runs this archive.",
    offline: "The service cannot be reached. Check the connection, then try again.",
    busy: "The service is busy. Try again in a moment.",
    gone: "This photo is not here any more.",
    refused: "The service does not do this.",
    broken: "The service could not answer. Try again.",
  },
} as const;
