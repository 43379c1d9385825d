import type { Point } from "./zoom.ts";

/** What a finger, a pen or a mouse with its button held does on the picture; `x` and `y` from the centre of the stage. */
export interface PointerStep extends Point {
  readonly kind: "down" | "move" | "up" | "cancel";
  /** Which of several fingers it is. */
  readonly pointer: number;
  readonly isMouse: boolean;
}

/** The pointers that are down, and how the gesture began. */
export interface Gesture {
  readonly pointers: ReadonlyMap<number, Point>;
  /** Where the first pointer came down. */
  readonly start: Point;
  /** Whether it was the mouse, or more than one finger: then the gesture turns no page. */
  readonly isNoSwipe: boolean;
}

/**
 * What a step of a gesture means:
 * - `pan`: the enlarged picture moves along.
 * - `pinch`: the picture grows by `factor` around `at`, and moves by `by`.
 * - `drag`: the whole picture follows the finger sideways, so far from its place.
 * - `swipe`: the next photo (1) or the previous one (-1) is asked for.
 * - `rest`: a picture that was dragged goes back to its place.
 */
export type GestureEffect =
  | { readonly kind: "none" }
  | { readonly kind: "pan"; readonly by: Point }
  | { readonly kind: "pinch"; readonly factor: number; readonly at: Point; readonly by: Point }
  | { readonly kind: "drag"; readonly x: number }
  | { readonly kind: "swipe"; readonly direction: 1 | -1 }
  | { readonly kind: "rest" };

/** Nobody touches the picture. */
export const noGesture: Gesture = { pointers: new Map(), start: { x: 0, y: 0 }, isNoSwipe: false };

/** How far a finger goes sideways for another photo, in CSS pixels. */
const swipeLength = 48;

/** A swipe goes so much further sideways than up or down. */
const swipeSlope = 1.5;

/** Two fingers that are nearer than this tell no factor. */
const leastDistance = 8;

/** The gesture after a step, and what the step means while the picture is enlarged or not. */
export function gestureAfter(
  gesture: Gesture,
  step: PointerStep,
  isZoomed: boolean,
): { readonly gesture: Gesture; readonly effect: GestureEffect } {
  const before = gesture.pointers.get(step.pointer);
  if (step.kind === "down") return { gesture: withPointer(gesture, step), effect: { kind: "none" } };
  // A pointer that came down elsewhere is not ours.
  if (before === undefined) return { gesture, effect: { kind: "none" } };
  if (step.kind === "move")
    return {
      gesture: { ...gesture, pointers: new Map(gesture.pointers).set(step.pointer, pointOf(step)) },
      effect: effectOfMove(gesture, step, { before, isZoomed }),
    };
  const pointers = new Map(gesture.pointers);
  pointers.delete(step.pointer);
  return {
    gesture: pointers.size === 0 ? noGesture : { ...gesture, pointers },
    effect: isZoomed || pointers.size > 0 ? { kind: "none" } : effectOfEnd(gesture, step),
  };
}

function withPointer(gesture: Gesture, step: PointerStep): Gesture {
  const isFirst = gesture.pointers.size === 0;
  return {
    pointers: new Map(gesture.pointers).set(step.pointer, pointOf(step)),
    start: isFirst ? pointOf(step) : gesture.start,
    isNoSwipe: !isFirst || step.isMouse,
  };
}

function effectOfMove(
  { pointers, start, isNoSwipe }: Gesture,
  step: PointerStep,
  { before, isZoomed }: { readonly before: Point; readonly isZoomed: boolean },
): GestureEffect {
  const by = { x: step.x - before.x, y: step.y - before.y };
  const [other] = [...pointers].flatMap(([pointer, point]) => (pointer === step.pointer ? [] : [point]));
  if (other !== undefined) return pinch({ before, after: pointOf(step), other });
  if (isZoomed) return { kind: "pan", by };
  return isNoSwipe ? { kind: "none" } : { kind: "drag", x: step.x - start.x };
}

/** One of two fingers has moved. */
function pinch({
  before,
  after,
  other,
}: Readonly<Record<"before" | "after" | "other", Point>>): GestureEffect {
  const distance = (point: Point): number => Math.hypot(point.x - other.x, point.y - other.y);
  const [was, is] = [distance(before), distance(after)];
  return {
    kind: "pinch",
    factor: was < leastDistance || is < leastDistance ? 1 : is / was,
    at: { x: (after.x + other.x) / 2, y: (after.y + other.y) / 2 },
    by: { x: (after.x - before.x) / 2, y: (after.y - before.y) / 2 },
  };
}

function effectOfEnd({ start, isNoSwipe }: Gesture, step: PointerStep): GestureEffect {
  const [x, y] = [step.x - start.x, step.y - start.y];
  const isSwipe = step.kind === "up" && Math.abs(x) >= swipeLength && Math.abs(x) > swipeSlope * Math.abs(y);
  if (isNoSwipe || !isSwipe) return { kind: "rest" };
  return { kind: "swipe", direction: x < 0 ? 1 : -1 };
}

function pointOf({ x, y }: Point): Point {
  return { x, y };
}
