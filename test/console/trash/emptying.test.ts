import { tagline } from "tagline-client";
import { expect, it } from "vitest";
import { trashDays } from "../../../console/src/trash/emptying.ts";

it("asks each time whether there is a trash: a deployment may have taken it away", async () => {
  const days = [30, 0];
  const { api } = tagline({
    url: "https://archive.test",
    key: null,
    fetch: async () => Response.json({ limits: { trash_days: days.shift() } }),
  });
  expect([await trashDays(api), await trashDays(api)]).toEqual([30, 0]);
});
