/** Natural index of each zigzag index (T.81 A.3.6), by walking the diagonals. */
export const zigzag: readonly number[] = Array.from({ length: 15 }, (_, diagonal) => {
  const cells = Array.from({ length: 8 }, (_, y) => [y, diagonal - y] as const).filter(
    ([, x]) => x >= 0 && x < 8,
  );
  const path = diagonal % 2 === 0 ? cells.reverse() : cells;
  return path.map(([y, x]) => y * 8 + x);
}).flat();
