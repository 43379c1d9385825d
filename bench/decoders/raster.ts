/** A picture in memory: RGBA of 8 bits in sRGB, rows from the top without gaps, alpha not multiplied in. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One pixel: red, green, blue and alpha, 0 to 255 each. */
export type Pixel = readonly [number, number, number, number];

/** A picture whose pixels are told one by one. */
export function rasterOf(width: number, height: number, pixelAt: (x: number, y: number) => Pixel): Raster {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(pixelAt(x, y), (y * width + x) * 4);
  }
  return { width, height, data };
}

/** The pixel at a place; what lies outside is clear. */
export function pixelOf({ width, height, data }: Raster, x: number, y: number): Pixel {
  if (x < 0 || y < 0 || x >= width || y >= height) return [0, 0, 0, 0];
  const at = (y * width + x) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0];
}

/** The same picture with each pixel changed. */
export function mapped(raster: Raster, change: (pixel: Pixel) => Pixel): Raster {
  return rasterOf(raster.width, raster.height, (x, y) => change(pixelOf(raster, x, y)));
}

/** A part of a picture; where it goes beyond the picture it is clear. */
export function part(raster: Raster, x: number, y: number, size: readonly [number, number]): Raster {
  return rasterOf(size[0], size[1], (atX, atY) => pixelOf(raster, x + atX, y + atY));
}

/** A picture at a place of a larger one that is clear elsewhere. */
export function overlaid(raster: Raster, x: number, y: number, size: readonly [number, number]): Raster {
  return part(raster, -x, -y, size);
}

/** The same colours, through which nothing shines. */
export function opaque(raster: Raster): Raster {
  return mapped(raster, ([red, green, blue]) => [red, green, blue, 255]);
}

/** Whether nothing shines through. */
export function isOpaque({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

/** RGB of 8 bits, rows from the top without gaps. */
export interface RgbRaster {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** The same picture as a raster. */
export function opaqueOf({ width, height, rgb }: RgbRaster): Raster {
  return rasterOf(width, height, (x, y) => {
    const at = (y * width + x) * 3;
    return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0, 255];
  });
}

/** The picture on white, which is what a thumbnail shows of transparency. */
export function onWhite({ width, height, data }: Raster): RgbRaster {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = data[pixel * 4 + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++) {
      const level = data[pixel * 4 + channel] ?? 0;
      rgb[pixel * 3 + channel] = Math.round((level * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return { width, height, rgb };
}
