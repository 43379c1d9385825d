/** Where the next page is, as a `Link` header has it (RFC 8288): the same address with the cursor in place of an offset. */
export function nextLink(requestUrl: string, cursor: string): string {
  const next = new URL(requestUrl);
  next.searchParams.delete("offset");
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}
