import { expect, it } from "vitest";
import { reloadWhenReplaced } from "../../../console/src/app/replaced.ts";

/** A page whose parts go missing at the given times, in milliseconds: whether each loss was answered by a reload. */
function lost(
  times: readonly number[],
  onLine = true,
): { readonly reloads: number; readonly isPrevented: boolean[] } {
  const target = new EventTarget();
  const stored = new Map<string, string>();
  let reloads = 0;
  let now = 0;
  const page = {
    addEventListener: (type: string, listen: (event: Event) => void) => target.addEventListener(type, listen),
    sessionStorage: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => void stored.set(name, value),
    },
    location: { reload: () => void (reloads += 1) },
    navigator: { onLine },
  };
  reloadWhenReplaced(page, () => now);
  const isPrevented = times.map((time) => {
    now = time;
    return !target.dispatchEvent(new Event("vite:preloadError", { cancelable: true }));
  });
  return { reloads, isPrevented };
}

it("loads the page anew when a part of it is gone", () => {
  expect(lost([1_000_000])).toEqual({ reloads: 1, isPrevented: [true] });
});

it("lets the error be seen where a reload has not helped", () => {
  expect(lost([1_000_000, 1_005_000])).toEqual({ reloads: 1, isPrevented: [true, false] });
});

it("loads the page anew after the next deployment, too", () => {
  expect(lost([1_000_000, 1_020_000])).toEqual({ reloads: 2, isPrevented: [true, true] });
});

it("keeps the page where there is no connection to load it anew by", () => {
  expect(lost([1_000_000], false)).toEqual({ reloads: 0, isPrevented: [false] });
});
