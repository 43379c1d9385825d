import type { BrowserContext, Page } from "playwright-core";

/** All that the page's scripts could read again later, as one text: storages, cookies, databases and caches. */
export function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const stores = [localStorage, sessionStorage].map((store) => Object.entries(store));
    const databases = await indexedDB.databases();
    return JSON.stringify([stores, document.cookie, databases, await caches.keys(), history.state]);
  });
}

/** The cookies of a window, with the marks that keep them from scripts and from other sites. */
export async function cookiesOf(context: BrowserContext) {
  const cookies = await context.cookies();
  return cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }));
}
