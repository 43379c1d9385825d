import { TaglineError } from "tagline-client";
import { expect, it } from "vitest";
import { kindOf } from "../../../console/src/service/failure.ts";

it.each([
  [401, "invalid_api_key", "signedOut"],
  [403, "insufficient_scope", "notAllowed"],
  [404, "resource_not_found", "gone"],
  [410, "thumbnail_unavailable", "gone"],
  [422, "validation_error", "refused"],
  [429, "rate_limited", "busy"],
  [503, "busy", "busy"],
  [500, "internal_error", "broken"],
  [200, "unexpected_answer", "broken"],
  [null, "unreachable", "offline"],
  [null, "timed_out", "offline"],
  [null, "redirected", "broken"],
] as const)("takes an answer %s %s as %s", (status, code, kind) => {
  expect(kindOf(new TaglineError({ status, code, detail: "x" }))).toBe(kind);
});

it("takes a call that the page has stopped for no failure", () => {
  expect(kindOf(new DOMException("stopped", "AbortError"))).toBe(null);
});

it("takes an error of the page itself as broken", () => {
  expect(kindOf(new TypeError("x"))).toBe("broken");
});
