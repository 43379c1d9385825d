/** A path without the slashes at its beginning and end, in one pass: a pattern would begin anew at each slash. */
export function withoutOuterSlashes(path: string): string {
  let start = 0;
  while (path[start] === "/") start += 1;
  return withoutFinalSlashes(path.slice(start));
}

/** An address or path without the slashes at its end. */
export function withoutFinalSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}

/**
 * Whether secrets may be sent to an address: over https anywhere, over http only to this very machine, as
 * `localhost` and the names below it (RFC 6761 §6.3), 127.0.0.0/8 (RFC 1122 §3.2.1.3) or `::1` (RFC 4291 §2.5.3).
 */
export function isSafeForSecrets({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** Of a host as `URL` spells it: lower case, an IPv4 address in four decimal numbers, an IPv6 address in brackets. */
function isLoopback(hostname: string): boolean {
  const name = hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
  if (name === "localhost" || name.endsWith(".localhost") || name === "[::1]") return true;
  return /^127(?:\.\d{1,3}){3}$/.test(name);
}
