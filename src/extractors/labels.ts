import { z } from "zod";

import { foldKeyword } from "../db/media/record.ts";
import type { Extractor } from "./extractor.ts";
import { likeliest } from "./likeliest.ts";
import { ask } from "./workers-ai.ts";

const answer = z.array(z.object({ label: z.string().max(1000), score: z.number().min(0).max(1) })).max(1000);

/** Asks a classifier, and takes those of its labels that the vocabulary has, by whole words. */
export const labels: Extractor = {
  field: "keywords",
  ask: async (model, { picture, vocabulary }) => {
    const found = await ask(model, { image: [...picture] }, answer);
    const known = found.map(({ label, score }) => ({ label: inWords(label), score }));
    return {
      candidates: likeliest(vocabulary, ({ folded }) => {
        const words = inWords(folded);
        if (words.trim() === "") return 0;
        return Math.max(0, ...known.map(({ label, score }) => (label.includes(words) ? score : 0)));
      }),
    };
  },
};

/** The words of a text, folded, with a blank on each side of each. */
function inWords(text: string): string {
  return ` ${foldKeyword(text)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "")
    .join(" ")} `;
}
