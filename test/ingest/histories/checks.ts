import { expect } from "vitest";

/** Fails unless both are the same; what is left out must be left out. */
export function mustEqual(found: unknown, wanted: unknown): void {
  expect(found).toEqual(wanted);
}

/** Fails unless all that is wanted is there. */
export function mustMatch(found: object, wanted: Readonly<Record<string, unknown>>): void {
  expect(found).toMatchObject(wanted);
}
