import { Hono } from "hono";

// The peer: no validation, no keys, no headers; one query and its rows as JSON.
const app = new Hono<{ Bindings: { DB: D1Database } }>();

app.get("/one/:id", async (context) => {
  const query = context.env.DB.prepare("SELECT * FROM media_objects WHERE id = ?");
  return context.json(await query.bind(context.req.param("id")).first());
});

export default app;
