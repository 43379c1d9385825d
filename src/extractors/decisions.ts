import { z } from "zod";

import { toBase64 } from "../core/text/encoding.ts";
import type { Extractor } from "./extractor.ts";
import { likeliest } from "./likeliest.ts";
import { ask } from "./workers-ai.ts";

const question = "Would a person who sorts their photos give this photo the keyword?";

const answer = z.object({
  answers: z.record(z.string(), z.object({ noul: z.number().min(0).max(1) })),
});

/** Asks a decision model about each keyword of the vocabulary. Keywords go along as data, since people have written them. */
export const decisions: Extractor = {
  field: "keywords",
  ask: async (model, { picture, vocabulary }) => {
    const questions = vocabulary.map(({ keyword }, index) => [
      `k${index}`,
      { type: "noul", instructions: { question, keyword } },
    ]);
    const { answers } = await ask(
      model,
      {
        model: model.name.slice(model.name.lastIndexOf("/") + 1),
        state: "A photo of an archive.",
        questions: Object.fromEntries(questions),
        images: [{ content_type: "image/jpeg", base64: toBase64(picture) }],
      },
      answer,
    );
    return { candidates: likeliest(vocabulary, (_, index) => answers[`k${index}`]?.noul ?? 0) };
  },
};
