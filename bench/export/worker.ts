import { Hono } from "hono";
import { z } from "zod";

// The peer: no keys, no formats, no bound of bytes; pages of rows as lines of JSON.
const app = new Hono<{ Bindings: { DB: D1Database } }>();

const pageRows = 1000;
const named = z.looseObject({ id: z.string() });

app.get("/rows", (context) => {
  const page = context.env.DB.prepare("SELECT * FROM media_objects WHERE id > ? ORDER BY id LIMIT ?");
  const encoder = new TextEncoder();
  let after = "";
  const stream = new ReadableStream(
    {
      pull: async (controller) => {
        const { results } = await page.bind(after, pageRows).all();
        after = results.length === 0 ? after : named.parse(results.at(-1)).id;
        controller.enqueue(encoder.encode(results.map((row) => `${JSON.stringify(row)}\n`).join("")));
        if (results.length === pageRows) return;
        controller.enqueue(encoder.encode('{"end":true,"next_cursor":null}\n'));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { headers: { "Content-Type": "application/x-ndjson" } });
});

export default app;
