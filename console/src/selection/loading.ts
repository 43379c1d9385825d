import type { Library } from "../library/library.ts";
import type { Selection } from "./selection.ts";

/** How many places are asked for together; the library asks for them by pages. */
const together = 200;

/** A selection that takes in by its ids what has come. */
interface Awaiting {
  readonly selection: Selection;
  readonly settle: () => void;
}

/**
 * Loads the photos at the places that a selection awaits, from the first on, until there is none left. Throws what the
 * library throws; what has come by then is selected by its id.
 */
export async function loadAwaited(
  selected: Awaiting,
  library: Pick<Library, "load">,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    selected.settle();
    const { selection } = selected;
    if (selection.kind === "all" || selection.awaited.size === 0 || signal.aborted) return;
    const places = [...selection.awaited].toSorted((a, b) => a - b).slice(0, together);
    const photos = await Promise.all(places.map((place) => library.load(place, signal)));
    // Behind the end of the list there is nothing to wait for.
    if (photos.every((photo) => photo === null)) return;
  }
}
