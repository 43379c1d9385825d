import { expect, it } from "vitest";
import { Kept } from "../../../../console/src/find/complete/kept.ts";

function counting(): { readonly asked: string[]; readonly ask: (question: string) => () => Promise<string> } {
  const asked: string[] = [];
  const ask = (question: string) => async () => {
    asked.push(question);
    return question.toUpperCase();
  };
  return { asked, ask };
}

it("asks once within a minute, and again behind it", async () => {
  const { asked, ask } = counting();
  let now = 0;
  const kept = new Kept<string>(() => now);
  const get = (): Promise<string> => kept.get("a", ask("a"));
  expect([await get(), await get()]).toEqual(["A", "A"]);
  expect(asked).toEqual(["a"]);
  now = 60_000;
  await get();
  expect(asked).toEqual(["a", "a"]);
});

it("asks anew what has failed", async () => {
  const { asked, ask } = counting();
  const kept = new Kept<string>(() => 0);
  await expect(kept.get("a", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  await kept.get("a", ask("a"));
  expect(asked).toEqual(["a"]);
});

it("forgets the oldest of more than a hundred answers", async () => {
  const { asked, ask } = counting();
  const kept = new Kept<string>(() => 0);
  const questions = Array.from({ length: 101 }, (_, index) => String(index));
  for (const question of questions) await kept.get(question, ask(question));
  await kept.get("1", ask("1"));
  await kept.get("0", ask("0"));
  expect(asked).toEqual([...questions, "0"]);
});
