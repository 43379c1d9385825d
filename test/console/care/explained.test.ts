import { TaglineError } from "tagline-client";
import { expect, it } from "vitest";
import { explained } from "../../../console/src/care/explained.ts";

it("says what a failure means", () => {
  expect(explained(new TaglineError({ code: "unreachable", detail: "x" }))).toMatch(/cannot be reached/);
});

it("gives the reason of the service where only that tells it", () => {
  const error = new TaglineError({ code: "merge_conflict", status: 409, detail: "It is not missing." });
  expect(explained(error)).toBe("The service does not take this: It is not missing.");
});

it("names the part of a request that does not fit", () => {
  const errors = [{ path: "prefix", message: "is too long" }];
  const error = new TaglineError({ code: "validation_error", status: 422, detail: "x", errors });
  expect(explained(error)).toBe("The service does not take this: prefix is too long.");
});

it("takes what the page itself does wrong for a failure too", () => {
  expect(explained(new TypeError("x"))).toMatch(/could not answer/);
});
