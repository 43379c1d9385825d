/** What loads a picture when it gets an address, and stops when it loses it; an `img` is one. */
export type Preload = Pick<Element, "setAttribute" | "removeAttribute">;

/** The pictures that are loaded before anybody has asked for them. */
export class Preloads {
  readonly #create: () => Preload;
  readonly #loading = new Map<string, Preload>();

  /** `create` makes what loads a picture, such as an `img` that stands on no page. */
  constructor(create: () => Preload) {
    this.#create = create;
  }

  /** Loads the pictures at these addresses; all others are stopped. */
  keep(urls: readonly string[]): void {
    for (const [url, preload] of this.#loading) {
      if (urls.includes(url)) continue;
      preload.removeAttribute("src");
      this.#loading.delete(url);
    }
    for (const url of urls) {
      if (this.#loading.has(url)) continue;
      const preload = this.#create();
      preload.setAttribute("src", url);
      this.#loading.set(url, preload);
    }
  }
}
