import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";

/** The picture that is measured: taken once, so that no request carries it while the clock runs. */
let kept = new Uint8Array(0);

/** POST keeps a picture; GET answers its thumbnail. */
export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === "POST") {
      kept = new Uint8Array(await request.arrayBuffer());
      return new Response(String(kept.length));
    }
    const { searchParams } = new URL(request.url);
    const facts = {
      contentType: searchParams.get("type") ?? "",
      width: Number(searchParams.get("width")),
      height: Number(searchParams.get("height")),
      orientation: 1 as const,
    };
    const result = await makeThumbnail(kept, facts, { size: 512, fit: "cover" });
    if (result.outcome !== "made") return Response.json(result.reason, { status: 422 });
    return new Response(result.jpeg.slice(), { headers: { "x-working-bytes": String(result.workingBytes) } });
  },
};
