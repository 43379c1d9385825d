import type { Account } from "../budget.ts";

/**
 * Sets memory aside for what a decoder is going to take, runs it, and puts down what it took in the end. So a picture
 * that does not fit beside the others is told before any memory grows.
 */
export function withReserve<T>(
  account: Account,
  expectedBytes: number,
  decode: () => { result: T; takenBytes: number },
): T {
  const reserved = Math.max(0, Math.ceil(expectedBytes));
  account.take(reserved);
  const { result, takenBytes } = decode();
  account.release(Math.max(0, reserved - takenBytes));
  account.take(Math.max(0, takenBytes - reserved));
  return result;
}
