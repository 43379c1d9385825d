import type { Page } from "playwright-core";
import { accessibilityFindings, colourFindings } from "./accessibility.ts";

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/**
 * What keeps anybody out of the screen that is open, wide and narrow, light and dark, and whether it is wider than the
 * window: nothing for a screen that is as it should be.
 */
export async function findingsEverywhere(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const viewport of [wide, narrow]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: "light" });
    findings.push(...(await accessibilityFindings(page)));
    await page.emulateMedia({ colorScheme: "dark" });
    findings.push(...(await colourFindings(page)));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > viewport.width) findings.push(`It is ${width} pixels wide in a window of ${viewport.width}.`);
  }
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: "light" });
  return findings;
}
