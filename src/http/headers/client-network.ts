/** `::ffff:255.255.255.255` in its longest spelling has 45 characters (RFC 4291 §2.2). */
const longestAddress = 45;

/**
 * What a caller's address (`CF-Connecting-IP`) is counted by: an IPv4 address itself; of an IPv6 address its first 64
 * bits, since whoever has one has all of that network (RFC 6177). All callers without an address, or with a text that is too
 * long for an address, share one name.
 */
export function clientNetwork(address: string | undefined): string {
  if (address === undefined || address.length > longestAddress) return "unknown";
  if (!address.includes(":")) return address;
  // An IPv4 address in the clothes of IPv6 (RFC 4291 §2.5.5.2).
  if (address.includes(".")) return address.slice(address.lastIndexOf(":") + 1);
  const [before = "", after] = address.split("::");
  const first = groupsOf(before);
  const last = groupsOf(after ?? "");
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}

/** The groups of a part of an address, each in its one spelling: without leading zeros, lower case. */
function groupsOf(part: string): string[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16).toString(16));
}
