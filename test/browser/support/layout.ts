import type { BrowserContext, Page } from "playwright-core";
import { z } from "zod";

/** Something that has moved without being scrolled (Layout Instability API, Chromium). */
export interface Shift {
  /** The part of the window that it concerns, 0 to 1. */
  readonly value: number;
  /** Whether a person has pressed something within the half second before. */
  readonly isPrompted: boolean;
  /** What has moved: its tag and classes, and from where to where in the window, in CSS pixels. */
  readonly moved: readonly string[];
}

const shiftsSchema = z.array(
  z.object({ value: z.number(), isPrompted: z.boolean(), moved: z.array(z.string()) }),
);

const longTasksSchema = z.array(z.number());

/** Has every page of a window keep what moves on it by itself, and how long its tasks are. */
export async function listenToLayout(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    interface LayoutShift extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly {
        readonly node: Node | null;
        readonly previousRect: DOMRectReadOnly;
        readonly currentRect: DOMRectReadOnly;
      }[];
    }
    const isShift = (entry: PerformanceEntry): entry is LayoutShift => entry.entryType === "layout-shift";
    const placeOf = ({ x, y, width, height }: DOMRectReadOnly): string =>
      [x, y, width, height].map(Math.round).join();
    const nameOf = (node: Node | null): string =>
      node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : (node?.nodeName ?? "?");
    const shifts: unknown[] = [];
    const longTasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries().filter(isShift))
        shifts.push({
          value: entry.value,
          isPrompted: entry.hadRecentInput,
          moved: entry.sources.map(
            ({ node, previousRect, currentRect }) =>
              `${nameOf(node)} ${placeOf(previousRect)} → ${placeOf(currentRect)}`,
          ),
        });
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask", buffered: true });
    Object.assign(globalThis, { taglineTests: { shifts, longTasks } });
  });
}

/** What has moved by itself on the page that is open, since it was opened. */
export async function shiftsOf(page: Page): Promise<Shift[]> {
  await settled(page);
  return shiftsSchema.parse(await page.evaluate("taglineTests.shifts"));
}

/** The lengths of the tasks of more than 50 ms on the page that is open, in milliseconds (Long Tasks API, Chromium). */
export async function longTasksOf(page: Page): Promise<number[]> {
  return longTasksSchema.parse(await page.evaluate("taglineTests.longTasks"));
}

/** Waits until two frames are painted, after which the browser has told of what moved. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
