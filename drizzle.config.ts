import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/db/schema.ts", "./src/db/picture-tables.ts", "./src/db/suggestion-tables.ts"],
  out: "./migrations",
  breakpoints: false,
});
