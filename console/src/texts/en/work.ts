/** What the worklists say in English. */
export const work = {
  label: "What is left to do",
  lists: {
    description: "Without a description",
    keywords: "Without keywords",
    location: "Without a place",
    taken_at: "Without a date",
    suggestions: "With suggestions",
    failed: "Could not be processed",
    fresh: "New since your last visit",
  },
  left: (count: string): string => (count === "1" ? "1 photo" : `${count} photos`),
  of: (count: string, total: string): string => `${count} of ${total}`,
  moreThan: (count: string): string => `${count} or more`,
  done: "all done",
  none: "none",
  failedToLoad: "What is left to do could not be counted.",
  retry: "Try again",
} as const;
