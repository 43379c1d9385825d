import axe from "axe-core";
import type { Page } from "playwright-core";
import { z } from "zod";

const findingsSchema = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string().optional() })),
  }),
);

/** The rules of WCAG 2.2 up to level AA, and what axe calls good practice. */
const ruleSets = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What of a page another scheme of colours changes. */
const colourRules = ["color-contrast"];

/**
 * What axe finds wrong on the page that is open: a line for each element, with the rule and what axe says of it. It is
 * evaluated by the browser's own debugger, since the policy of the page lets no other script in.
 */
export async function accessibilityFindings(page: Page, runOnly = ruleSets): Promise<string[]> {
  await page.evaluate(`"axe" in globalThis || (() => { ${axe.source} })()`);
  const options = JSON.stringify({ runOnly, resultTypes: ["violations"] });
  const found: unknown = await page.evaluate(
    `axe.run(document, ${options}).then(({ violations }) => violations)`,
  );
  return findingsSchema.parse(found).flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const what = (failureSummary ?? "").replaceAll(/\s+/g, " ").slice(0, 300);
      return `${id}: ${help}: ${target.join(" ")}: ${what}`;
    }),
  );
}

/** What of the colours axe finds wrong on the page that is open, in the scheme that it has now. */
export function colourFindings(page: Page): Promise<string[]> {
  return accessibilityFindings(page, colourRules);
}
