/** How long a reload that did not help keeps the page from another one, in milliseconds. */
const againMs = 10_000;

const storageKey = "tagline-reloaded-at";

/** What the reload needs of a window. */
export interface ReplacedPage {
  readonly addEventListener: (type: "vite:preloadError", listen: (event: Event) => void) => void;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
  readonly location: Pick<Location, "reload">;
  readonly navigator: Pick<Navigator, "onLine">;
}

/**
 * Loads the page anew when a part of it is gone, since a deployment has replaced its files. Vite tells that by its event
 * `vite:preloadError`. Without a connection no part can come, and the page stays. A part that is gone again right after a reload is an error that the page shows.
 */
export function reloadWhenReplaced(page: ReplacedPage, now: () => number = Date.now): void {
  page.addEventListener("vite:preloadError", (event) => {
    const before = Number(page.sessionStorage.getItem(storageKey));
    if (!page.navigator.onLine || now() - before < againMs) return;
    event.preventDefault();
    page.sessionStorage.setItem(storageKey, String(now()));
    page.location.reload();
  });
}
