import type { ByteView } from "../../metadata/byte-view.ts";
import { type Curve, interpolate } from "./curve.ts";
import { gridStage, type Lut, type Stage } from "./lut-elements.ts";

/** Steps, channels and parts of a curve beyond which no profile goes. */
const maxElements = 16;
const maxChannels = 16;
const maxSegments = 64;

/** `mpet`: any number of steps on floating numbers, which come out as XYZ or Lab themselves (ICC.1:2022, 10.17). */
export function readProcessElements(view: ByteView, inputs: number): Lut | null {
  const count = view.u32(12);
  if (!view.startsWith("mpet") || view.u16(8) !== inputs || view.u16(10) !== 3) return null;
  if (count < 1 || count > maxElements) return null;
  const stages: Stage[] = [];
  let channels = inputs;
  for (let i = 0; i < count; i++) {
    const element = view.part(view.u32(16 + 8 * i), view.u32(20 + 8 * i));
    const [taken, given] = [element.u16(8), element.u16(10)];
    const stage = taken === channels && given <= maxChannels ? readElement(element, taken, given) : null;
    if (stage === null) return null;
    stages.push(stage);
    channels = given;
  }
  if (channels !== 3) return null;
  return { stages, lab: { lightness: 1, chroma: 1, chromaFloor: 0 }, xyz: 1 };
}

function readElement(element: ByteView, inputs: number, outputs: number): Stage | null {
  if (element.startsWith("matf")) return readMatrix(element, inputs, outputs);
  if (element.startsWith("cvst") && inputs === outputs) return readCurveSet(element, inputs);
  if (element.startsWith("clut") && outputs === 3) return readGrid(element, inputs);
  // Places for what is to come (10.17.5): nothing is done there.
  const isEmpty = element.startsWith("bACS") || element.startsWith("eACS");
  return isEmpty && inputs === outputs ? (values) => [...values] : null;
}

/** The factors of each output, one after the other, then a term for each (10.17.3). */
function readMatrix(element: ByteView, inputs: number, outputs: number): Stage | null {
  if (!element.has(12, 4 * (inputs + 1) * outputs)) return null;
  const numbers = Array.from({ length: (inputs + 1) * outputs }, (_, i) => floatAt(element, 12 + 4 * i));
  return (values) =>
    Array.from({ length: outputs }, (_, row) =>
      values.reduce(
        (sum, value, i) => sum + value * (numbers[row * inputs + i] ?? 0),
        numbers[inputs * outputs + row] ?? 0,
      ),
    );
}

/** A grid of floating numbers (10.17.4). */
function readGrid(element: ByteView, inputs: number): Stage | null {
  const dimensions = Array.from({ length: inputs }, (_, i) => element.u8(12 + i));
  const cells = dimensions.reduce((product, size) => product * size, 3);
  if (inputs > 4 || dimensions.some((size) => size < 2) || !element.has(28, 4 * cells)) return null;
  return gridStage(dimensions, (i) => floatAt(element, 28 + 4 * i));
}

/** A curve for each channel (10.17.2). */
function readCurveSet(element: ByteView, channels: number): Stage | null {
  const curves: Curve[] = [];
  for (let i = 0; i < channels; i++) {
    const curve = readSegments(element.part(element.u32(12 + 8 * i), element.u32(16 + 8 * i)));
    if (curve === null) return null;
    curves.push(curve);
  }
  return (values) => values.map((value, i) => curves[i]?.(value) ?? 0);
}

/** `curf`: a curve of parts, each up to a place and, but for the first, from the one before on. */
function readSegments(view: ByteView): Curve | null {
  const count = view.u16(8);
  if (!view.startsWith("curf") || count < 1 || count > maxSegments) return null;
  const breaks = Array.from({ length: count - 1 }, (_, i) => floatAt(view, 12 + 4 * i));
  const segments: Curve[] = [];
  let at = 12 + 4 * (count - 1);
  for (let i = 0; i < count; i++) {
    const part = view.part(at);
    const [start, previous] = [breaks[i - 1], segments[i - 1]];
    const from =
      start === undefined || previous === undefined
        ? undefined
        : { start, value: previous(start), end: breaks[i] };
    const segment = part.startsWith("samf") ? readSamples(part, from) : readFormula(part);
    if (segment === null) return null;
    segments.push(segment.curve);
    at += segment.bytes;
  }
  return (value) => {
    const beyond = breaks.findIndex((end) => value <= end);
    return segments[beyond < 0 ? count - 1 : beyond]?.(value) ?? 0;
  };
}

interface Segment {
  readonly curve: Curve;
  readonly bytes: number;
}

/** `samf`: samples at even distances, the first of which is where the segment before ends. */
function readSamples(
  part: ByteView,
  from: { start: number; value: number; end: number | undefined } | undefined,
): Segment | null {
  const count = part.u32(8);
  if (
    from === undefined ||
    from.end === undefined ||
    from.end <= from.start ||
    count < 1 ||
    !part.has(12, 4 * count)
  )
    return null;
  const { start, value: first, end } = from;
  const sample = (i: number) => (i === 0 ? first : floatAt(part, 8 + 4 * i));
  const curve: Curve = (value) => interpolate(sample, count + 1, (value - start) / (end - start));
  return { curve, bytes: 12 + 4 * count };
}

/** `parf`: a formula and its parameters (table 89). */
function readFormula(part: ByteView): Segment | null {
  const kind = part.u16(8);
  if (!part.startsWith("parf") || kind > 2) return null;
  const bytes = 12 + 4 * (kind === 0 ? 4 : 5);
  if (!part.has(0, bytes)) return null;
  const p = (i: number) => floatAt(part, 12 + 4 * i);
  const [first, a, b, c, d] = [p(0), p(1), p(2), p(3), p(4)];
  const curves: readonly Curve[] = [
    (value) => Math.max(0, a * value + b) ** first + c,
    (value) => a * Math.log10(Math.max(smallest, b * Math.max(0, value) ** first + c)) + d,
    (value) => first * a ** (b * value + c) + d,
  ];
  const curve = curves[kind];
  return curve !== undefined ? { curve, bytes } : null;
}

/** What a logarithm is taken of at least. */
const smallest = 1e-10;

const word = new DataView(new ArrayBuffer(4));

function floatAt(view: ByteView, offset: number): number {
  word.setUint32(0, view.u32(offset));
  const value = word.getFloat32(0);
  return Number.isFinite(value) ? value : 0;
}
