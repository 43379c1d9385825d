import { describe, expect, it } from "vitest";
import { loadAwaited } from "../../../console/src/selection/loading.ts";
import { nothing, withLoaded, withRange } from "../../../console/src/selection/selection.ts";
import { photoWith } from "../viewer/support/photo.ts";

/** A selection of the first places of a list, of which nothing has come; `fails` says which loads fail. */
function awaiting(count: number, fails: (place: number) => boolean = () => false) {
  const loaded = new Map<number, string>();
  const asked: number[] = [];
  const selected = {
    selection: withRange(nothing, { first: 0, end: count }, () => undefined),
    settle: () => {
      selected.selection = withLoaded(selected.selection, (place) => loaded.get(place));
    },
  };
  const library = {
    load: async (place: number) => {
      asked.push(place);
      if (fails(place)) throw new Error("no connection");
      loaded.set(place, `photo ${place}`);
      return photoWith({ id: `photo ${place}` });
    },
  };
  return { selected, library, asked };
}

const idsOf = ({ selection }: ReturnType<typeof awaiting>["selected"]): number =>
  selection.kind === "some" ? selection.ids.size : 0;

describe("the photos of a range that have not come", () => {
  it("are asked for in their order, each once, and are selected by their ids then", async () => {
    const { selected, library, asked } = awaiting(450);
    await loadAwaited(selected, library, new AbortController().signal);
    expect(asked).toEqual(Array.from({ length: 450 }, (_, place) => place));
    expect(selected.selection.kind === "some" && selected.selection.awaited.size).toBe(0);
    expect(idsOf(selected)).toBe(450);
  });

  it("are asked for until one fails, which is told, and what has come is asked for no more", async () => {
    let isDown = true;
    const { selected, library, asked } = awaiting(450, (place) => isDown && place >= 200);
    const { signal } = new AbortController();
    await expect(loadAwaited(selected, library, signal)).rejects.toThrow("no connection");
    expect(idsOf(selected)).toBe(200);
    isDown = false;
    asked.length = 0;
    await loadAwaited(selected, library, signal);
    expect([asked[0], idsOf(selected)]).toEqual([200, 450]);
  });

  it("are asked for no more once somebody has stopped it", async () => {
    const { selected, library, asked } = awaiting(450);
    await loadAwaited(selected, library, AbortSignal.abort());
    expect(asked).toEqual([]);
  });
});
