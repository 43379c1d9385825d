import { Hono } from "hono";

// The peer: no validation, no keys, no highlights, no total; one full-text query and its rows as JSON.
const app = new Hono<{ Bindings: { DB: D1Database } }>();

app.get("/find", async (context) => {
  const query = context.env.DB.prepare(
    `SELECT media_objects.* FROM (
       SELECT rowid FROM media_search WHERE media_search MATCH ? ORDER BY rowid DESC LIMIT 100
     ) AS found CROSS JOIN media_objects ON media_objects.pk = found.rowid`,
  );
  const { results } = await query.bind(context.req.query("match")).all();
  return context.json(results);
});

export default app;
