import type { Words } from "../../words/drafts/draft.ts";

/** How the form in the panel goes on, for whoever may write. */
export interface Describing {
  /** Shows the next photo, with the focus in its description. */
  readonly onnext: () => void;
  /** The words of the photo before the one that is shown; null where there is none. */
  readonly before: () => Promise<Words | null>;
  /** Whether the description is to have the focus now, and what is called once it has. */
  readonly takesFocus: boolean;
  readonly onfocused: () => void;
  /** Is called where there can be no form. */
  readonly onfailed: () => void;
}
