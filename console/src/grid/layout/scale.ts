/**
 * The most pixels that the content of a scroll container is given. Browsers allow some 33 million (Chromium), 17 million
 * (Firefox) and 33 million (Safari), less where the screen has more pixels for each.
 */
const mostPixels = 8_000_000;

/**
 * At both ends of a higher grid the scroll container's pixels are those of the grid, so that the ends are the ends. Between
 * them a pixel of the container stands for several.
 */
const endZone = 1_000_000;

/** A scroll by more than so many screens at once is no scrolling but a jump, such as one with the bar. */
const jumpScreens = 8;

/** What the scroll container and the grid measure, in CSS pixels. */
export interface Extent {
  /** The height of all photos. */
  readonly height: number;
  /** The height of the container's window. */
  readonly screen: number;
}

/**
 * Where a grid of any height is scrolled to. `top` is the height in the grid at the window's upper edge, `scrollTop` the
 * container's own; `set` says that the container has to be scrolled there.
 */
export interface Scroll {
  readonly top: number;
  readonly scrollTop: number;
}

/** How high the content of the container is. */
export function contentHeight({ height }: Extent): number {
  return Math.min(height, mostPixels);
}

/** The state in which a height of the grid is at the upper edge, or as near to it as the ends allow. */
export function scrolledTo(extent: Extent, top: number): Scroll {
  const within = Math.min(Math.max(0, top), mostTop(extent));
  return { top: within, scrollTop: containerTop(extent, within) };
}

/**
 * The state after the container has been scrolled. Small scrolls move the grid by as many pixels; a jump leads to the same
 * part of the grid as of the container. Where an end of the container comes near and the grid's is farther, the container is
 * moved away from it: then `scrollTop` is not what was told, and has to be set.
 */
export function scrolled(extent: Extent, before: Scroll, scrollTop: number): Scroll {
  const moved = scrollTop - before.scrollTop;
  if (!isLarge(extent)) return { top: Math.min(Math.max(0, scrollTop), mostTop(extent)), scrollTop };
  if (Math.abs(moved) > jumpScreens * extent.screen) return { top: gridTop(extent, scrollTop), scrollTop };
  const top = Math.min(Math.max(0, before.top + moved), mostTop(extent));
  const isNearEnd = Math.min(scrollTop, mostScrollTop(extent) - scrollTop) < endZone / 2;
  const isBeyondEnd = top === 0 || top === mostTop(extent);
  return isNearEnd || isBeyondEnd ? scrolledTo(extent, top) : { top, scrollTop };
}

/** The state once the scrolling has ended: the container is where its bar tells the part of the grid. */
export function settled(extent: Extent, { top }: Scroll): Scroll {
  return scrolledTo(extent, top);
}

function isLarge({ height }: Extent): boolean {
  return height > mostPixels;
}

function mostTop({ height, screen }: Extent): number {
  return Math.max(0, height - screen);
}

function mostScrollTop(extent: Extent): number {
  return Math.max(0, contentHeight(extent) - extent.screen);
}

/** Where the container is when a height of the grid is at the upper edge, in whole pixels between the ends. */
function containerTop(extent: Extent, top: number): number {
  const fromEnd = mostTop(extent) - top;
  if (!isLarge(extent) || top <= endZone) return top;
  if (fromEnd <= endZone) return mostScrollTop(extent) - fromEnd;
  return Math.round(endZone + (top - endZone) / middle(extent));
}

/** The height at the upper edge when the container is somewhere; the other way round it is {@link containerTop}. */
function gridTop(extent: Extent, scrollTop: number): number {
  const fromEnd = mostScrollTop(extent) - scrollTop;
  if (scrollTop <= endZone) return Math.max(0, scrollTop);
  if (fromEnd <= endZone) return mostTop(extent) - Math.max(0, fromEnd);
  return endZone + (scrollTop - endZone) * middle(extent);
}

/** For how many pixels of the grid a pixel of the container stands between the ends. */
function middle(extent: Extent): number {
  return (mostTop(extent) - 2 * endZone) / (mostScrollTop(extent) - 2 * endZone);
}
