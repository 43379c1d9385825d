import type { Page } from "playwright-core";
import { z } from "zod";

const mediaSchema = z.looseObject({ object_key: z.string(), intrinsic: z.looseObject({}).optional() });
const pageSchema = z.looseObject({ items: z.array(mediaSchema) });

type Media = z.infer<typeof mediaSchema>;

/**
 * Has the service's answers to a page tell of one photo what they tell right after its upload, before it is processed: in
 * truth that lasts less than a second. Gives what ends this.
 */
export async function keepPending(page: Page, objectKey: string): Promise<() => void> {
  const asPending = (media: Media): Media =>
    media.object_key === objectKey
      ? {
          ...media,
          state: "pending",
          intrinsic: { ...media.intrinsic, width: null, height: null, thumbhash: null },
        }
      : media;
  let isOver = false;
  await page.route(/\/v1\/media(?:\/[^/?]+)?(?:\?|$)/, async (route) => {
    if (isOver) return route.continue();
    const response = await route.fetch();
    const body: unknown = response.ok() ? await response.json() : null;
    const [list, media] = [pageSchema.safeParse(body), mediaSchema.safeParse(body)];
    if (list.success)
      await route.fulfill({ response, json: { ...list.data, items: list.data.items.map(asPending) } });
    else if (media.success) await route.fulfill({ response, json: asPending(media.data) });
    else await route.fulfill({ response });
  });
  // A route that is taken away would be answered twice where its answer is on its way.
  return () => (isOver = true);
}
