import { untouched, type Wording } from "./wording.ts";

/** What was chosen for many photos and is not saved yet: it outlives a dialog that is closed, and a session that ends. */
class KeptWording {
  wording: Wording = untouched;
  /** The line of new keywords that are not added yet. */
  line = "";
}

/** The page's only form for many photos. */
export const keptWording = new KeptWording();
