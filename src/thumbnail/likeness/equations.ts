import { doubleAt } from "../number-at.ts";

/** Solves `matrix` · x = `right` for a positive matrix, in place; what is undetermined becomes 0. */
export function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    const pivot = doubleAt(matrix, i * n + i);
    if (pivot <= 1e-12) continue;
    for (let row = i + 1; row < n; row++) {
      const factor = doubleAt(matrix, row * n + i) / pivot;
      if (factor === 0) continue;
      for (let k = i; k < n; k++) {
        matrix[row * n + k] = doubleAt(matrix, row * n + k) - factor * doubleAt(matrix, i * n + k);
      }
      right[row] = doubleAt(right, row) - factor * doubleAt(right, i);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = doubleAt(right, i);
    for (let k = i + 1; k < n; k++) sum -= doubleAt(matrix, i * n + k) * doubleAt(right, k);
    const pivot = doubleAt(matrix, i * n + i);
    right[i] = pivot <= 1e-12 ? 0 : sum / pivot;
  }
  return right;
}
