import { describe, expect, it } from "vitest";

import { api } from "../../support/http/api.ts";
import { budgetOf, budgets, nameOf } from "./budgets.ts";
import { readDocument, type Operation } from "./document.ts";

/** So many that a budget which grows with the table would stand out. */
const records = 100_000;

/** The route that reads everything, as it is asked for. */
const whole = "GET /v1/export";

/** The routes that look for records: up to a bound of their own. */
const looking: ReadonlySet<string> = new Set([
  "GET /v1/search",
  "GET /v1/media/{id}/neighbours",
  "GET /v1/folders",
  "GET /v1/duplicates",
  "POST /v1/media/bulk",
  "POST /v1/media/keywords",
]);

async function operations(): Promise<readonly Operation[]> {
  return readDocument(await (await api("/openapi.json", { as: null })).json()).operations;
}

describe("the budgets of the fuzz", () => {
  it("are those of the routes that there are", async () => {
    const routes = (await operations()).map(nameOf);
    expect(Object.keys(budgets).toSorted()).toEqual(routes.toSorted());
  });

  it("grow with the number of records for nothing but an export, and a list with filters or an offset", async () => {
    const query = new URLSearchParams({ limit: "500" });
    const bounded = (await operations()).filter(
      (each) => !looking.has(nameOf(each)) && nameOf(each) !== whole,
    );
    for (const operation of bounded) {
      expect(budgetOf(operation, { query, records }).rowsRead).toBeLessThan(2000);
    }
    const list = (await operations()).find((each) => nameOf(each) === "GET /v1/media");
    for (const [name, value] of [
      ["state", "failed"],
      ["offset", "50000"],
    ] as const) {
      const asked = new URLSearchParams({ [name]: value });
      expect(budgetOf(list ?? null, { query: asked, records }).rowsRead).toBeGreaterThan(100_000);
    }
  });

  it("have an end where a route looks for records", async () => {
    const query = new URLSearchParams({ limit: "500" });
    for (const operation of (await operations()).filter((each) => looking.has(nameOf(each)))) {
      const more = budgetOf(operation, { query, records: 10 * records });
      expect(budgetOf(operation, { query, records })).toEqual(more);
    }
  });

  it("are there for every route, or the request fails", async () => {
    const [first] = await operations();
    if (first === undefined) throw new Error("the document has no routes");
    const asked = { query: new URLSearchParams(), records };
    expect(() => budgetOf({ ...first, path: "/v1/everything" }, asked)).toThrow("has no budget");
  });
});
