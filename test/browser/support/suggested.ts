import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { databaseFile } from "../../../bench/search/fill.ts";
import { foldKeyword } from "../../../src/db/media/record.ts";
import { wordsText } from "../../../src/db/search/index-text.ts";
import { startDescribed, type Described } from "./described.ts";

/** Switches suggestions on. What is bound answers nobody: tests write down what models would have said. */
const settings = `
[vars]
AI_CAPTION_MODEL = "@cf/llava-hf/llava-1.5-7b-hf"
AI_DECISION_MODEL = "@cf/cloudflare/clef-omni"

[[services]]
binding = "AI"
service = "tagline-models-of-tests"
`;

/** Starts a service with some photos that asks models. */
export function startSuggested(photos = 12): Promise<Described> {
  return startDescribed(photos, settings);
}

/** What a model would have said of a photo. */
interface Said {
  readonly description?: string;
  readonly keywords?: readonly string[];
}

/** Writes what a model would have said of a photo, as the service itself would, over whatever was there. */
export function suggest(on: Described, place: number, { description, keywords = [] }: Said): void {
  const id = on.idAt(place);
  // The service may write meanwhile, for which SQLite waits.
  using database = new DatabaseSync(databaseFile(join(on.site.folder, ".wrangler", "state")), {
    timeout: 30_000,
  });
  database.exec("BEGIN IMMEDIATE");
  database.prepare("DELETE FROM suggestions WHERE media_id = :id").run({ id });
  database.prepare(insertRow).run({
    id,
    description: description ?? null,
    candidates: JSON.stringify(
      keywords.map((keyword) => ({ keyword, folded: foldKeyword(keyword), score: 0.95 })),
    ),
    searchText: wordsText({ ...(description === undefined ? {} : { description }), keywords: [...keywords] }),
    now: Date.now(),
  });
  database.prepare("UPDATE media_objects SET change = change + 1 WHERE id = :id").run({ id });
  database.exec("COMMIT");
}

const insertRow = `INSERT INTO suggestions (
    media_id, media_pk, picture, state, description, candidates, model, decision_model, created_at, search_text
  )
  SELECT id, pk, thumbnail_version, 'open', :description, :candidates, '@cf/llava-hf/llava-1.5-7b-hf',
    '@cf/cloudflare/clef-omni', :now, :searchText
  FROM media_objects WHERE id = :id`;
