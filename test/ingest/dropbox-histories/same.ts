import { expect } from "vitest";

/** What players of histories expect. */
export function expectSame(actual: unknown, expected: unknown): void {
  expect(actual).toEqual(expected);
}
