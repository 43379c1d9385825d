import type { Page } from "playwright-core";

/** How many steps with Tab lead round any of our screens, at the most. */
const mostSteps = 80;

/** What has the focus, as a screen reader tells it: its role and its name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "nothing";
    const label = element.getAttribute("aria-label");
    const labelled = (element.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent?.trim() ?? "")
      .join(" ")
      .trim();
    const field = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent?.trim() ?? "") : "";
    const content = element.cloneNode(true);
    if (content instanceof Element)
      for (const hidden of content.querySelectorAll("[aria-hidden=true]")) hidden.remove();
    const text = (content.textContent ?? "").trim().replaceAll(/\s+/g, " ");
    const role = element.getAttribute("role") ?? element.tagName.toLowerCase();
    return `${role}: ${label ?? (labelled || field || text)}`;
  });
}

/** Presses Tab until what has the focus is called so, and throws with the way if there is no such thing. */
export async function tabTo(page: Page, name: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const way: string[] = [];
  for (let step = 0; step < mostSteps; step++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (name.test(now)) return;
    way.push(now);
  }
  throw new Error(`Tab leads to nothing like ${name}, but to:\n${[...new Set(way)].join("\n")}`);
}

/** Whether the element that has the focus shows that it has: an outline, or a frame of another colour. */
export function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  });
}
