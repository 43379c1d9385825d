import { expect, it } from "vitest";
import { Preloads } from "../../../../console/src/viewer/picture/preloads.ts";

/** Preloads, and what they have done in its order. */
function started(): { readonly preloads: Preloads; readonly log: string[] } {
  const log: string[] = [];
  const preloads = new Preloads(() => {
    let address = "";
    return {
      setAttribute: (_, url) => {
        address = url;
        log.push(`load ${url}`);
      },
      removeAttribute: () => void log.push(`stop ${address}`),
    };
  });
  return { preloads, log };
}

it("loads each picture once, however often it is wanted", () => {
  const { preloads, log } = started();
  preloads.keep(["/a", "/b"]);
  preloads.keep(["/b", "/a"]);
  expect(log).toEqual(["load /a", "load /b"]);
});

it("stops what is wanted no more, and loads it again later", () => {
  const { preloads, log } = started();
  preloads.keep(["/a", "/b"]);
  preloads.keep(["/b"]);
  preloads.keep(["/a"]);
  expect(log).toEqual(["load /a", "load /b", "stop /a", "stop /b", "load /a"]);
});
