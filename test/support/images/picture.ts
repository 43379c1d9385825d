/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** What is to be drawn, as stored in the file; an orientation beside it changes nothing here. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /**
   * `quadrants` (the default): four areas of `quadrantColours`, so that a test can tell after a rotation
   * which corner is which. `gradient`: red grows to the right and green to the bottom. Or one colour.
   */
  readonly pattern?: "quadrants" | "gradient" | Rgb;
}

/** The colours of the pattern `quadrants`, corner by corner. Each channel has two values only. */
export const quadrantColours = {
  topLeft: [255, 0, 0],
  topRight: [0, 255, 0],
  bottomLeft: [0, 0, 255],
  bottomRight: [255, 255, 255],
} as const satisfies Record<string, Rgb>;

/** The colour at a place of a picture. */
export function colourAt({ width, height, pattern = "quadrants" }: Picture, x: number, y: number): Rgb {
  if (pattern === "gradient") {
    return [
      Math.round((x * 255) / Math.max(1, width - 1)),
      Math.round((y * 255) / Math.max(1, height - 1)),
      128,
    ];
  }
  if (pattern !== "quadrants") return pattern;
  const isLeft = x < width / 2;
  if (y < height / 2) return isLeft ? quadrantColours.topLeft : quadrantColours.topRight;
  return isLeft ? quadrantColours.bottomLeft : quadrantColours.bottomRight;
}

/** The colours of one row, three bytes a pixel. */
export function rowOf(picture: Picture, y: number): Uint8Array {
  const row = new Uint8Array(picture.width * 3);
  for (let x = 0; x < picture.width; x++) row.set(colourAt(picture, x, y), x * 3);
  return row;
}

/**
 * Row after row; rows of a pattern that changes only half way down are made once.
 *
 * @yields the colours of one row, three bytes a pixel
 */
export function* rowsOf(picture: Picture): Generator<Uint8Array, void, void> {
  let row: Uint8Array | null = null;
  for (let y = 0; y < picture.height; y++) {
    const isNew = picture.pattern === "gradient" || (y >= picture.height / 2 && y - 1 < picture.height / 2);
    row = row === null || isNew ? rowOf(picture, y) : row;
    yield row;
  }
}
