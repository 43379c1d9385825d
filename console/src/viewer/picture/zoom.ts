/** A width and a height, in CSS pixels where nothing else is said. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place, or a way from one place to another, in CSS pixels; from the centre of the stage where nothing else is said. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a picture is shown: enlarged, with its centre so far from the centre of the stage. */
export interface Zoom extends Point {
  /** 1 for the whole picture. */
  readonly scale: number;
}

/** What a zoom must keep within. */
export interface Frame {
  /** The room that there is for the picture. */
  readonly stage: Size;
  /** The picture as it is shown at scale 1. */
  readonly fitted: Size;
  readonly largestScale: number;
}

/** The whole picture, in the middle. */
export const wholePicture: Zoom = { scale: 1, x: 0, y: 0 };

/** Every picture can be enlarged so much, and a large one until each of its pixels is two wide. */
const leastLargestScale = 4;

/**
 * The frame of a picture on a stage: the whole picture fits, and is never larger than its own pixels. A picture whose size
 * nobody knows takes all the room.
 */
export function frameOf(picture: Size | null, stage: Size): Frame {
  if (picture === null || picture.width < 1 || picture.height < 1)
    return { stage, fitted: stage, largestScale: leastLargestScale };
  const ratio = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  const fitted = { width: picture.width * ratio, height: picture.height * ratio };
  const largestScale = ratio > 0 ? Math.max(leastLargestScale, 2 / ratio) : leastLargestScale;
  return { stage, fitted, largestScale };
}

/** The zoom after enlarging by a factor, while what lies at a point of the stage stays there, as far as the frame lets it. */
export function zoomedAt(zoom: Zoom, factor: number, at: Point, frame: Frame): Zoom {
  const scale = clamp(zoom.scale * factor, 1, frame.largestScale);
  const ratio = scale / zoom.scale;
  return keptWithin({ scale, x: at.x - (at.x - zoom.x) * ratio, y: at.y - (at.y - zoom.y) * ratio }, frame);
}

/** The zoom after moving the picture, which never leaves a gap that it could fill. */
export function panned(zoom: Zoom, by: Point, frame: Frame): Zoom {
  return keptWithin({ scale: zoom.scale, x: zoom.x + by.x, y: zoom.y + by.y }, frame);
}

/** The nearest zoom that a frame allows, such as after the window has become another size. */
export function keptWithin({ scale, x, y }: Zoom, { stage, fitted, largestScale }: Frame): Zoom {
  const kept = clamp(scale, 1, largestScale);
  const far = (length: number, room: number): number => Math.max(0, (length * kept - room) / 2);
  const [farX, farY] = [far(fitted.width, stage.width), far(fitted.height, stage.height)];
  return { scale: kept, x: clamp(x, -farX, farX), y: clamp(y, -farY, farY) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
