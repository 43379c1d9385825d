import type { Page } from "playwright-core";
import { z } from "zod";

const aboutSchema = z.looseObject({ limits: z.looseObject({}) });

/** Has the service tell a page that it keeps no trash. */
export async function withoutTrash(page: Page): Promise<void> {
  await page.route("**/v1/about", async (route) => {
    const response = await route.fetch();
    const about = aboutSchema.parse(await response.json());
    await route.fulfill({ response, json: { ...about, limits: { ...about.limits, trash_days: 0 } } });
  });
}
