import { describe, expect, it } from "vitest";

import { AppError, appErrorOf, errorDefinitions, validationError } from "../../src/core/errors.ts";

describe("the table of errors", () => {
  it.each(Object.entries(errorDefinitions))("has a status, a title and a name for %s", (code, definition) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(definition.status).toBeGreaterThanOrEqual(400);
    expect(definition.status).toBeLessThan(600);
    expect(definition.title).toMatch(/^[A-Z][A-Za-z -]+$/);
    for (const text of [definition.meaning, definition.remedy])
      expect(text).toMatch(/^[A-Z][\w ,.:;/{}()=-]+\.$/);
    expect(definition.retryable).toBe(definition.status === 429 || definition.status >= 500);
  });
});

describe("validationError", () => {
  it("tells the first part in a sentence, and how many more there are", () => {
    const error = validationError([
      { path: "a", message: "is bad" },
      { path: "b", message: "is worse" },
    ]);
    expect(error.detail).toBe("a: is bad (and 1 more)");
  });

  it("needs no path and not even a part", () => {
    expect(validationError([{ path: "", message: "is bad" }]).detail).toBe("is bad");
    expect(validationError([]).detail).toBe("invalid");
  });

  it("lists the first hundred parts", () => {
    const parts = Array.from({ length: 1000 }, (_, index) => ({ path: String(index), message: "x" }));
    expect(validationError(parts).errors).toEqual(parts.slice(0, 100));
  });
});

describe("appErrorOf", () => {
  const known = new AppError("storage_unavailable", "x");

  it("finds the error itself and what others were caused by", () => {
    expect(appErrorOf(known)).toBe(known);
    expect(appErrorOf(new Error("a", { cause: new Error("b", { cause: known }) }))).toBe(known);
  });

  it.each([null, undefined, "x", 5, new Error("x"), new Error("x", { cause: "y" })])(
    "finds none in %s",
    (failure) => {
      expect(appErrorOf(failure)).toBeNull();
    },
  );
});
