// The thumbnail's planes → upright RGB; and rows of other decoders' pixels → planes.
import {
  COLOUR_CMYK, COLOUR_CMYK_INVERTED, COLOUR_GRAY, COLOUR_RGB, COLOUR_YCC, COLOUR_YCCK, COLOUR_YCCK_INVERTED,
} from "./layout";

@inline
function byte(v: f32): i32 {
  return min<i32>(255, max<i32>(0, <i32>nearest<f32>(v)));
}

/**
 * Writes the planes (each `width` × `height`) as RGB. Pixel (x, y) goes to `out + first + x*stepX + y*stepY`: that
 * is how the orientation is applied. YCbCr as in JFIF (T.871, clause 7).
 */
export function planesToRgb(
  planes: usize, size: usize, width: u32, height: u32, colour: i32, out: usize, first: i32, stepX: i32, stepY: i32,
): void {
  const p1 = planes + size;
  const p2 = p1 + size;
  const p3 = p2 + size;
  let i: usize = 0;
  for (let y: u32 = 0; y < height; y++) {
    let at = out + first + <i32>y * stepY;
    for (let x: u32 = 0; x < width; x++) {
      let r: i32 = load<u8>(planes + i);
      let g = r;
      let b = r;
      if (colour != COLOUR_GRAY) {
        g = load<u8>(p1 + i);
        b = load<u8>(p2 + i);
      }
      if (colour == COLOUR_YCC || colour == COLOUR_YCCK || colour == COLOUR_YCCK_INVERTED) {
        const l = <f32>r;
        const u = <f32>(g - 128);
        const v = <f32>(b - 128);
        r = byte(l + v * 1.402);
        g = byte(l - u * 0.344136286 - v * 0.714136286);
        b = byte(l + u * 1.772);
      }
      if (colour >= COLOUR_CMYK) {
        // Adobe stores 255 for no ink; YCCK's first three are the complement of what CMYK has (T.872, 6.5.3).
        let k: i32 = load<u8>(p3 + i);
        if (colour == COLOUR_CMYK || colour == COLOUR_YCCK) k = 255 - k;
        if (colour == COLOUR_CMYK || colour == COLOUR_YCCK_INVERTED) {
          r = 255 - r;
          g = 255 - g;
          b = 255 - b;
        }
        r = (r * k + 127) / 255;
        g = (g * k + 127) / 255;
        b = (b * k + 127) / 255;
      }
      store<u8>(at, r);
      store<u8>(at, g, 1);
      store<u8>(at, b, 2);
      at += stepX;
      i++;
    }
  }
}
