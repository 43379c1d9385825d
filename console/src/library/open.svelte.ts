import type { Finding } from "../address/view.ts";
import { changes } from "../service/changes.ts";
import { service } from "../service/service.ts";
import { archiveOf } from "./archive.ts";
import type { Library } from "./library.ts";
import { PagedLibrary } from "./paged.ts";
import { photoOf } from "./photo.ts";

/** After so long what is shown may no longer be what there is. */
const staleMs = 300_000;

/** Opens the photos of a finding; nothing is asked for before something of it is shown. */
export function openLibrary(finding: Finding): Library & Disposable {
  let version = $state(0);
  const pages = new PagedLibrary(archiveOf(service), finding, () => (version += 1));
  const read = <Value>(value: () => Value): Value => {
    void version;
    return value();
  };
  const watch = watchReturn(() => pages.refresh());
  const unlisten = changes.listen((change) => {
    if (change.kind === "many") {
      pages.remove(change.gone ?? []);
      pages.refresh();
    } else for (const media of change.media) pages.replace(photoOf(media));
  });
  const online = (): void => pages.retry();
  window.addEventListener("online", online);
  return {
    get sections() {
      return read(() => pages.sections);
    },
    isByMonth: pages.isByMonth,
    isSearch: pages.isSearch,
    get count() {
      return read(() => pages.count);
    },
    get isWhole() {
      return read(() => pages.isWhole);
    },
    get failure() {
      return read(() => pages.failure);
    },
    get generation() {
      return read(() => pages.generation);
    },
    get isLoading() {
      return read(() => pages.isLoading);
    },
    photo: (index) => read(() => pages.photo(index)),
    isAbsent: (index) => read(() => pages.isAbsent(index)),
    indexOf: (id) => read(() => pages.indexOf(id)),
    show: (first, end) => pages.show(first, end),
    load: (index, signal) => pages.load(index, signal),
    replace: (photo) => pages.replace(photo),
    remove: (ids) => pages.remove(ids),
    retry: () => pages.retry(),
    refresh: () => pages.refresh(),
    [Symbol.dispose]: () => {
      window.removeEventListener("online", online);
      unlisten();
      watch[Symbol.dispose]();
      pages[Symbol.dispose]();
    },
  };
}

/** Calls when somebody comes back to the page after a while, at which nothing shifts under their eyes. */
function watchReturn(returned: () => void): Disposable {
  let seenAt = Date.now();
  const listen = (): void => {
    const isBack = document.visibilityState === "visible" && Date.now() - seenAt > staleMs;
    seenAt = Date.now();
    if (isBack) returned();
  };
  document.addEventListener("visibilitychange", listen);
  return { [Symbol.dispose]: () => document.removeEventListener("visibilitychange", listen) };
}
