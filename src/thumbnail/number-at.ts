/**
 * The number at a place that is known to be one of `numbers`, which the compiler cannot know; beside them it is 0. There is
 * one function for each kind of array, as one for all of them would be several times slower.
 */
export function doubleAt(numbers: Float64Array, place: number): number {
  return numbers[place] ?? 0;
}

/** See {@link doubleAt}. */
export function floatAt(numbers: Float32Array, place: number): number {
  return numbers[place] ?? 0;
}

/** See {@link doubleAt}. */
export function integerAt(numbers: Int32Array, place: number): number {
  return numbers[place] ?? 0;
}

/** See {@link doubleAt}. */
export function byteAt(numbers: Uint8Array, place: number): number {
  return numbers[place] ?? 0;
}
