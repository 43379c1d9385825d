import { onDestroy, untrack } from "svelte";
import { PageList, type LoadPage } from "./page-list.ts";

/**
 * A list in pages for a component: what is read of it is reactive, and it loads nothing any more when the component is
 * gone.
 */
export function openList<Item>(load: LoadPage<Item>) {
  let version = $state(0);
  // Whoever asks in an effect must not be asked anew by the answer.
  const list = new PageList(load, () => untrack(() => (version += 1)));
  onDestroy(() => list.stop());
  const read = <Value>(value: () => Value): Value => {
    void version;
    return value();
  };
  return {
    get items() {
      return read(() => list.items);
    },
    get isWhole() {
      return read(() => list.isWhole);
    },
    get isLoading() {
      return read(() => list.isLoading);
    },
    get failure() {
      return read(() => list.failure);
    },
    more: () => list.more(),
    renew: () => list.renew(),
    change: (changed: (item: Item) => Item | null) => list.change(changed),
  };
}

/** What {@link openList} opens, as far as a list's end looks at it. */
export type OpenList = Pick<ReturnType<typeof openList>, "isWhole" | "isLoading" | "failure" | "more">;
