import { expect, it } from "vitest";
import { importCommand } from "../../../../console/src/find/empty/command.ts";

it.each([
  ["http://localhost:8787", ""],
  ["http://localhost:9000", " --url http://localhost:9000"],
  ["http://[::1]:8787", " --url http://[::1]:8787"],
  ["https://photos.example.org", " --url https://photos.example.org --key YOUR_KEY"],
  ["http://localhost.example.org", " --url http://localhost.example.org --key YOUR_KEY"],
])("the import into %s says no more than it has to", (origin, flags) => {
  expect(importCommand(origin)).toBe(`npm run import -- ~/Pictures/2024${flags}`);
});
