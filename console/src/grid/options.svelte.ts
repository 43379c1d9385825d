import { readOptions, type Options } from "./kept-options.ts";

const name = "tagline-grid";

/** How the grid shows photos; the browser keeps what is chosen, where it may. */
class GridOptions {
  #options = $state.raw(readOptions(kept()));

  get fit(): Options["fit"] {
    return this.#options.fit;
  }

  get size(): Options["size"] {
    return this.#options.size;
  }

  /** Chooses some of the options anew. */
  choose(chosen: Partial<Options>): void {
    this.#options = { ...this.#options, ...chosen };
    try {
      localStorage.setItem(name, JSON.stringify(this.#options));
    } catch {
      // A browser that forbids storage forgets the choice with the page.
    }
  }
}

/** The page's only options of the grid. */
export const options = new GridOptions();

function kept(): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
