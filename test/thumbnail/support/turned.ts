/** Turns RGB pixels as stored the way an Exif orientation says (0th row and column as in Exif 2.32, 4.6.4). */
export function turned(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  orientation: number,
): number[] {
  const swapped = orientation >= 5;
  const [outWidth, outHeight] = swapped ? [height, width] : [width, height];
  const mirrorsColumns = [2, 3, 7, 8].includes(orientation);
  const mirrorsRows = [3, 4, 6, 7].includes(orientation);
  return Array.from({ length: outWidth * outHeight * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % outWidth, Math.floor(i / 3 / outWidth)];
    const [u, v] = swapped ? [y, x] : [x, y];
    const column = mirrorsColumns ? width - 1 - u : u;
    const row = mirrorsRows ? height - 1 - v : v;
    return pixels[(row * width + column) * 3 + (i % 3)] ?? 0;
  });
}
