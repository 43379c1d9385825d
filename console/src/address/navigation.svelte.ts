import { addressOf, readView } from "./address.ts";
import type { View } from "./view.ts";

/** What an entry of the browser's history keeps beside its address. */
interface EntryState {
  /** Where the grid was scrolled to, in a form of its own; null for the beginning. */
  readonly position: unknown;
  /** Whether the entry before this one is the grid that the photo was opened from. */
  readonly isFromGrid: boolean;
}

const fresh: EntryState = { position: null, isFromGrid: false };

/** What the page shows, kept in step with the address and the browser's history. */
class Navigation {
  #view = $state.raw(readView(location.search));
  #state = $state.raw(entryStateOf(history.state));

  constructor() {
    // The grid restores its own position, to the pixel.
    history.scrollRestoration = "manual";
    window.addEventListener("popstate", (event) => {
      this.#view = readView(location.search);
      this.#state = entryStateOf(event.state);
    });
  }

  /** What is shown. */
  get view(): View {
    return this.#view;
  }

  /** What the present entry of the history keeps. */
  get state(): EntryState {
    return this.#state;
  }

  /** Shows another view; the one before is a step back. */
  go(view: Partial<View> & Pick<View, "finding">, state: Partial<EntryState> = {}): void {
    this.#view = { room: "photos", photo: null, from: 0, ...view };
    this.#state = { ...fresh, ...state };
    history.pushState(this.#state, "", addressOf(view));
  }

  /** Shows another view in the place of this one, or keeps something else with it. */
  replace(view: View, state: Partial<EntryState> = {}): void {
    this.#view = view;
    this.#state = { ...this.#state, ...state };
    history.replaceState(this.#state, "", addressOf(view));
  }

  /** Keeps where the grid is scrolled to; nothing that is shown changes. */
  keepPosition(position: unknown): void {
    history.replaceState({ ...this.#state, position }, "");
  }

  /** Takes up what the present entry has kept since it was shown, for a grid that is made anew. */
  takeUpPosition(): void {
    this.#state = entryStateOf(history.state);
  }

  /** Closes the photo: a step back where the grid is one step back, else the grid in its place. */
  closePhoto(): void {
    if (this.#state.isFromGrid) history.back();
    else this.replace({ ...this.#view, photo: null });
  }
}

/** The page's only navigation. */
export const navigation = new Navigation();

function entryStateOf(state: unknown): EntryState {
  if (typeof state !== "object" || state === null) return fresh;
  return {
    position: "position" in state ? state.position : null,
    isFromGrid: "isFromGrid" in state && state.isFromGrid === true,
  };
}
