import type { Levels } from "../tool.ts";
import { encoded } from "./inks.ts";

type Triple = [number, number, number];

/** Levels whose light is their power, with the primaries of sRGB, in sRGB. */
export function fromGamma(power: number): (levels: Levels) => Triple {
  return (levels) => tripled((channel) => encoded(((levels[channel] ?? 0) / 255) ** power));
}

/** Levels of Adobe RGB (1998) in sRGB. */
export function fromAdobe(levels: Levels): Triple {
  return converted(
    tripled((channel) => ((levels[channel] ?? 0) / 255) ** (563 / 256)),
    [
      [1.398_4, -0.398_4, 0],
      [0, 1, 0],
      [0, -0.042_9, 1.042_9],
    ],
  );
}

/** Levels of Display P3 in sRGB. */
export function fromDisplayP3(levels: Levels): Triple {
  return converted(
    tripled((channel) => decoded(levels[channel] ?? 0)),
    [
      [1.224_9, -0.224_9, 0],
      [-0.042_1, 1.042_1, 0],
      [-0.019_6, -0.078_6, 1.098_3],
    ],
  );
}

function tripled(make: (channel: number) => number): Triple {
  return [make(0), make(1), make(2)];
}

/** Light of other primaries as levels of sRGB; what lies outside is clipped. */
function converted([red, green, blue]: Levels, matrix: readonly Levels[]): Triple {
  return tripled((channel) => {
    const [a, b, c] = matrix[channel] ?? [0, 0, 0];
    return encoded(a * red + b * green + c * blue);
  });
}

/** The light of a level of sRGB (IEC 61966-2-1). */
function decoded(level: number): number {
  const share = level / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
