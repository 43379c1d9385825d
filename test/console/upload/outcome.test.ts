import { TaglineError, type ErrorCode } from "tagline-client";
import { expect, it } from "vitest";
import { outcomeOf } from "../../../console/src/upload/outcome.ts";

const failure = (code: ErrorCode, status: number): TaglineError =>
  new TaglineError({ code, status, detail: "why" });

it.each([
  ["payload_too_large", 413, "refused"],
  ["unsupported_media_type", 415, "refused"],
  ["read_only_provider", 409, "refused"],
  ["validation_error", 422, "refused"],
  ["insufficient_scope", 403, "refused"],
  ["digest_mismatch", 422, "failed"],
  ["storage_unavailable", 502, "failed"],
  ["internal_error", 500, "failed"],
  ["rate_limited", 429, "halted"],
  ["busy", 503, "halted"],
  ["invalid_api_key", 401, "halted"],
] as const)("takes %s as a file that is %3$s", (code, status, kind) => {
  expect(outcomeOf(failure(code, status)).kind).toBe(kind);
});

it("halts where no answer comes", () => {
  expect(outcomeOf(new TaglineError({ code: "unreachable", detail: "x" }))).toEqual({
    kind: "halted",
    why: "offline",
  });
});

it("refuses a file that the browser cannot read", () => {
  const outcome = outcomeOf(new DOMException("moved", "NotReadableError"));
  expect(outcome).toEqual({
    kind: "refused",
    reason: "This file cannot be read. Perhaps it was moved, or it lies in a cloud and not on this computer.",
  });
});

it("gives the reason of the service where only that tells it", () => {
  const errors = [{ path: "object_key", message: "lies below a prefix that is excluded" }];
  const error = new TaglineError({ code: "validation_error", status: 422, detail: "x", errors });
  expect(outcomeOf(error)).toEqual({
    kind: "refused",
    reason: "The service does not take this: object_key lies below a prefix that is excluded.",
  });
});
