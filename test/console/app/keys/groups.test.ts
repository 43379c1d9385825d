import { expect, it } from "vitest";
import { keyGroups } from "../../../../console/src/app/keys/groups.ts";
import { viewerKeys } from "../../../../console/src/viewer/keys.ts";

it("explains each key once in its group, but the arrows of a photo, which move one that is enlarged", () => {
  for (const { help } of keyGroups.filter((group) => group !== viewerKeys)) {
    const keys = help.flatMap(({ keys }) => keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
