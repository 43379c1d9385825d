/** What is said in English of words that the service does not have yet. */
export const unsent = {
  count: (count: string): string => (count === "1" ? "1 photo not sent yet" : `${count} photos not sent yet`),
  explain:
    "What you have typed is kept on this device until the service has it, also when this page is closed or the session ends.",
  waiting: "The service cannot be reached just now. The page tries again by itself.",
  retry: "Try now",
  states: {
    typed: "typed, not saved",
    saved: "saved, on its way",
    conflict: "somebody else has changed this photo: choose",
    refused: "not taken by the service",
  },
  more: (count: string): string => `and ${count} more`,
} as const;
