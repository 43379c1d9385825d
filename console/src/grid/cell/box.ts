import type { Fit } from "../../service/pictures.ts";

/** The size of a picture in its square, in CSS pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** What is known of the size of a photo, in pixels. */
interface Sized {
  readonly width: number | null;
  readonly height: number | null;
}

/** The box of a photo in a square, before its picture has come; the square itself where its size is not known. */
export function boxOf(photo: Sized | null, side: number, fit: Fit): Box {
  const { width = null, height = null } = photo ?? {};
  if (fit === "cover" || width === null || height === null || width <= 0 || height <= 0)
    return { width: side, height: side };
  const scale = side / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
