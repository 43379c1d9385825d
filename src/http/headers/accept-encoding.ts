import { z } from "zod";

/** How long a header is that is read; a longer one counts as none. */
const longestHeader = 1024;

/** Whether a client takes gzip by its `Accept-Encoding` (RFC 9110 §12.5.3); without the header it takes plain text. */
export function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined || header.length > longestHeader) return false;
  const weights = new Map(
    header.split(",").map((each): [string, number] => {
      const [coding = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
      const weight = parameters.find((part) => part.startsWith("q="))?.slice(2);
      return [coding, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return (weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0) > 0;
}

const edge = z.object({ clientAcceptEncoding: z.string() });

/**
 * The `Accept-Encoding` that a client has sent. Cloudflare's edge, and its local emulation, put their own into the header,
 * and tell the client's beside it.
 */
export function clientAcceptEncoding(request: Pick<Request, "headers" | "cf">): string | undefined {
  const told = edge.safeParse(request.cf);
  return told.success
    ? told.data.clientAcceptEncoding
    : (request.headers.get("Accept-Encoding") ?? undefined);
}
