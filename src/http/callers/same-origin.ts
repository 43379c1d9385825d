/**
 * Whether a request comes from a page of this very origin, as its browser says: by `Sec-Fetch-Site` (Fetch Metadata §2.4),
 * which no page can write, else by `Origin` (RFC 6454 §7). A request that has neither of them may come from anywhere.
 */
export function isFromSameOrigin(request: Request): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  return request.headers.get("Origin") === new URL(request.url).origin;
}
