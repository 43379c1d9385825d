import { z } from "zod";

import { likenessRadius } from "../../src/thumbnail/likeness/likeness.ts";
import type { PictureQuery } from "../../src/protocol/picture-finder.ts";
import { PlainIndex } from "./plain-index.ts";

export { PictureIndex } from "../../src/media/picture-index/picture-index.ts";

/** The peer's data, once it was asked for. */
let isolatePlain: PlainIndex | null = null;

const hashRow = z.object({ pk: z.int(), hash: z.string() });

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const number = (name: string): number => Number(searchParams.get(name) ?? 0);
    const index = env.PICTURE_INDEX.getByName("pictures");
    switch (pathname) {
      case "/rebuild":
        await index.rebuild();
        return new Response("started");
      case "/hashes":
        return Response.json(await hashesAt(env, number("from"), number("count")));
      case "/find":
        return Response.json(await index.find(await queriesOf(request)));
      case "/place": {
        const count = number("count");
        await index.place(
          Array.from({ length: count }, (_, at) => ({ pk: number("from") + at, hash: anyHash() })),
        );
        return new Response("placed");
      }
      case "/plain/load":
        isolatePlain = new PlainIndex(number("slots"));
        return new Response("ready");
      case "/plain/take":
        for (const { pk, hash } of await hashesAt(env, number("from"), number("count")))
          isolatePlain?.take(pk, hash);
        return new Response("taken");
      case "/plain/find":
        return Response.json((await queriesOf(request)).map((query) => isolatePlain?.find(query)));
      default:
        return new Response("ready");
    }
  },
} satisfies ExportedHandler<Env>;

async function queriesOf(request: Request): Promise<PictureQuery[]> {
  const hashes = z.array(z.string()).parse(await request.json());
  return hashes.map((hash) => ({ hash, except: null, radius: likenessRadius, limit: 100, after: null }));
}

async function hashesAt(env: Env, from: number, count: number): Promise<z.infer<typeof hashRow>[]> {
  const rows = await env.DB.prepare(
    "SELECT pk, picture_hash AS hash FROM media_objects WHERE pk >= ? AND pk < ? AND picture_hash IS NOT NULL",
  )
    .bind(from, from + count)
    .all();
  return z.array(hashRow).parse(rows.results);
}

function anyHash(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
