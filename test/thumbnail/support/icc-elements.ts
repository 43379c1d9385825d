import { bigEndian, joined } from "../../support/images/index.ts";

/** Numbers as 32-bit floats. */
function floats(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setFloat32(4 * i, value));
  return new Uint8Array(view.buffer);
}

/** Where parts lie that follow one another from `start` on: offset and length of each. */
function positions(start: number, parts: readonly Uint8Array[]): Uint8Array {
  let at = start;
  return joined(
    ...parts.map((part) => {
      at += part.length;
      return bigEndian(4, at - part.length, part.length);
    }),
  );
}

/** An `mpet` of elements (ICC.1:2022, 10.17). */
export function processElements(inputs: number, outputs: number, ...elements: Uint8Array[]): Uint8Array {
  return joined(
    "mpet",
    bigEndian(4, 0),
    bigEndian(2, inputs, outputs),
    bigEndian(4, elements.length),
    positions(16 + 8 * elements.length, elements),
    ...elements,
  );
}

const head = (type: string, inputs: number, outputs: number) =>
  joined(type, bigEndian(4, 0), bigEndian(2, inputs, outputs));

/** A `matf`: the factors of each output, then the terms. */
export function matrixElement(inputs: number, outputs: number, ...numbers: number[]): Uint8Array {
  return joined(head("matf", inputs, outputs), floats(...numbers));
}

/** A `clut` of three outputs and as many crossings each way. */
export function gridElement(inputs: number, size: number, cells: readonly number[]): Uint8Array {
  const sizes = Uint8Array.from({ length: 16 }, (_, i) => (i < inputs ? size : 0));
  return joined(head("clut", inputs, 3), sizes, floats(...cells));
}

/** A `cvst` of the same curve for each channel. */
export function curvesElement(channels: number, curve: Uint8Array): Uint8Array {
  const curves = Array.from({ length: channels }, () => curve);
  return joined(head("cvst", channels, channels), positions(12 + 8 * channels, curves), ...curves);
}

/** A `curf` of segments that end at these places, the last of them nowhere. */
export function segmentedCurve(breaks: readonly number[], ...segments: Uint8Array[]): Uint8Array {
  return joined("curf", bigEndian(4, 0), bigEndian(2, segments.length, 0), floats(...breaks), ...segments);
}

/** A `parf`: a formula by its number and parameters. */
export function formula(kind: number, ...parameters: number[]): Uint8Array {
  return joined("parf", bigEndian(4, 0), bigEndian(2, kind, 0), floats(...parameters));
}

/** A `samf`. */
export function samples(...values: number[]): Uint8Array {
  return joined("samf", bigEndian(4, 0, values.length), floats(...values));
}
