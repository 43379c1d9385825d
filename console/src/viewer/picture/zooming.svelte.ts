import { frameOf, keptWithin, panned, wholePicture, zoomedAt, type Point, type Size } from "./zoom.ts";

/** How much larger a picture becomes with each press of a button or a key. */
const step = 1.5;

/** How large a picture becomes by a double click, if its own pixels are not enough for that. */
const closer = 2.5;

const centre: Point = { x: 0, y: 0 };

/** How the picture on the stage is shown, kept within what the window allows. */
export class Zooming {
  /** The room for the picture; zero until it is known. */
  stage: Size = $state.raw({ width: 0, height: 0 });
  /** The picture's own pixels; null while they are not known. */
  picture: Size | null = $state.raw(null);
  /** How far a finger has dragged the whole picture sideways, in CSS pixels. */
  drag = $state(0);
  #zoom = $state.raw(wholePicture);

  readonly frame = $derived(frameOf(this.picture, this.stage));
  readonly zoom = $derived(keptWithin(this.#zoom, this.frame));
  readonly isZoomed = $derived(this.zoom.scale > 1.001);
  readonly isLargest = $derived(this.zoom.scale >= this.frame.largestScale);

  /** Enlarges by a factor, around a point of the stage. */
  by(factor: number, at: Point = centre): void {
    this.#zoom = zoomedAt(this.zoom, factor, at, this.frame);
  }

  in(): void {
    this.by(step);
  }

  out(): void {
    this.by(1 / step);
  }

  pan(by: Point): void {
    this.#zoom = panned(this.zoom, by, this.frame);
  }

  /** Shows the whole picture. */
  fit(): void {
    this.#zoom = wholePicture;
    this.drag = 0;
  }

  /** Shows the picture pixel for pixel around a point, or the whole picture again. */
  toggle(at: Point): void {
    if (this.isZoomed) this.fit();
    else this.by(Math.max(closer, this.frame.largestScale / 2), at);
  }
}
