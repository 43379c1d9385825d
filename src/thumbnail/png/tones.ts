import { type Curve, srgbCurve } from "../colour/curve.ts";
import type { MatrixColours } from "../colour/matrix.ts";
import { levelOf, srgbLevels } from "../colour/to-srgb.ts";
import { type ColourMeaning, matrixMeaning } from "../colour/convert.ts";

/** Colours whose samples of 16 bits become 8 of sRGB's curve when they are read, and what is left to convert. */
export interface TonedColours {
  /** For each plane what its 65,536 samples become. */
  readonly tones: Uint8Array | undefined;
  readonly meaning: ColourMeaning;
}

/**
 * How samples of 16 bits lose the least where their curve is not sRGB's: cut to 8 bits first, linear light would keep a
 * dozen of its dark levels.
 */
export function toneColours(meaning: ColourMeaning, planes: number): TonedColours {
  if (meaning.kind === "grey") return { tones: tonesOf([meaning.curve]), meaning: { kind: "srgb" } };
  const curves = meaning.kind === "matrix" ? curvesToTone(meaning.colours, planes) : null;
  if (curves === null || meaning.kind !== "matrix") return { tones: undefined, meaning };
  const { toXyz } = meaning.colours;
  return {
    tones: tonesOf(curves),
    meaning: matrixMeaning({ curves: [srgbCurve, srgbCurve, srgbCurve], toXyz }),
  };
}

/** The curves of the planes; null where light goes beyond white, black has some, or one plane has three curves. */
function curvesToTone({ curves, range }: MatrixColours, planes: number): readonly Curve[] | null {
  const [red, green, blue] = curves;
  const isAlike = red === green && green === blue;
  if (range !== undefined || curves.some((curve) => !(curve(0) <= 0))) return null;
  if (planes === 1) return isAlike ? [red] : null;
  return curves;
}

const samples = 65_536;

function tonesOf(curves: readonly Curve[]): Uint8Array {
  const levels = srgbLevels();
  const tones = new Uint8Array(samples * curves.length);
  for (const [plane, curve] of curves.entries()) {
    const same = curves.indexOf(curve);
    if (same < plane) tones.copyWithin(plane * samples, same * samples, (same + 1) * samples);
    else
      for (let i = 0; i < samples; i++)
        tones[plane * samples + i] = levelOf(levels, curve(i / (samples - 1)));
  }
  return tones;
}
