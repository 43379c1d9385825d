import type { Attachment } from "svelte/attachments";
import { gestureAfter, noGesture, type PointerStep } from "./gesture.ts";
import type { Point } from "./zoom.ts";
import type { Zooming } from "./zooming.svelte.ts";

/** How much a turn of the wheel enlarges, for each pixel that it would have scrolled. */
const wheelStep = 0.0025;

/** A line of a wheel that counts in lines, in pixels. */
const lineHeight = 16;

/** Lets fingers, pen, mouse and wheel move and enlarge the picture on a stage; a swipe calls `onstep`. */
export function gestures(zooming: Zooming, onstep: (direction: 1 | -1) => void): Attachment<HTMLElement> {
  return (stage) => {
    let gesture = noGesture;

    const placeOf = (event: MouseEvent): Point => {
      const { left, top, width, height } = stage.getBoundingClientRect();
      return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
    };

    const take = (kind: PointerStep["kind"], event: PointerEvent): void => {
      const { pointerId: pointer, pointerType } = event;
      const step = { kind, pointer, isMouse: pointerType === "mouse", ...placeOf(event) };
      const { gesture: next, effect } = gestureAfter(gesture, step, zooming.isZoomed);
      gesture = next;
      if (effect.kind === "pan") zooming.pan(effect.by);
      else if (effect.kind === "drag") zooming.drag = effect.x;
      else if (effect.kind === "pinch") {
        zooming.drag = 0;
        zooming.by(effect.factor, effect.at);
        zooming.pan(effect.by);
      } else if (effect.kind === "rest" || effect.kind === "swipe") zooming.drag = 0;
      if (effect.kind === "swipe") onstep(effect.direction);
    };

    const stop = new AbortController();
    const on = <Type extends keyof HTMLElementEventMap>(
      type: Type,
      listen: (event: HTMLElementEventMap[Type]) => void,
    ): void => stage.addEventListener(type, listen, { signal: stop.signal, passive: false });

    on("pointerdown", (event) => {
      // What can be pressed on the stage gets its click.
      const isOnButton = event.target instanceof Element && event.target.closest("button") !== null;
      if (event.button !== 0 || isOnButton) return;
      stage.setPointerCapture(event.pointerId);
      take("down", event);
    });
    on("pointermove", (event) => take("move", event));
    on("pointerup", (event) => take("up", event));
    on("pointercancel", (event) => take("cancel", event));
    on("dblclick", (event) => zooming.toggle(placeOf(event)));
    on("wheel", (event) => {
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
      // A pinch on a touchpad comes as a wheel with Ctrl.
      if (event.ctrlKey) zooming.by(Math.exp(-event.deltaY * pixels * wheelStep), placeOf(event));
      else if (zooming.isZoomed) zooming.pan({ x: -event.deltaX * pixels, y: -event.deltaY * pixels });
      else return;
      event.preventDefault();
    });
    return () => stop.abort();
  };
}
