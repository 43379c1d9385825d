/** A picture's PDQ hash with its quality. */
export interface PictureHash {
  /** 256 bits in hexadecimal, the highest coefficient first, as the reference implementation prints them. */
  readonly hash: string;
  /** How much the picture has to tell it by, 0 (flat) to 100. */
  readonly quality: number;
}

/** The PDQ hash of a picture (RGB, rows without gaps). */
export function pictureHashOf(_pixels: Uint8Array, _width: number, _height: number): PictureHash | null {
  return null;
}
