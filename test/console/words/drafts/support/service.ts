import { TaglineError, type MediaObject } from "tagline-client";
import { mediaWith } from "../../../viewer/support/media.ts";
import type { Change } from "../../../../../console/src/words/drafts/desk.ts";
import { edited, type Edits, type Words } from "../../../../../console/src/words/drafts/draft.ts";
import { isSame } from "../../../../../console/src/words/json.ts";
import type { Taken } from "../../../../../console/src/words/suggestions/suggested.ts";

/** What happens to a call: it arrives, it never does, or it does and its answer is lost. */
export type Fate = "arrives" | "unreachable" | "unanswered" | "refused" | "signedOut" | "broken";

/** One photo's words as the service keeps them, with every revision. */
export class WordsService {
  readonly revisions: Words[];
  /** What happens to the calls to come, the next first; all others arrive. */
  fates: Fate[] = [];
  /** What the calls that came have told to be taken of the suggestions. */
  readonly taken: (Taken | null)[] = [];
  /** Runs while the next call is on its way. */
  meanwhile: () => void = () => {};

  constructor(words: Words = {}) {
    this.revisions = [words];
  }

  get words(): Words {
    return this.revisions.at(-1) ?? {};
  }

  get revision(): number {
    return this.revisions.length - 1;
  }

  /** The photo as it is now. */
  media(id = "one"): MediaObject {
    return mediaWith({ id, revision: this.revision, object_metadata: this.words });
  }

  /** Changes the words, as somebody else does; what changes nothing is no revision. */
  change(edits: Edits): void {
    const words = edited(this.words, edits);
    if (!isSame(words, this.words)) this.revisions.push(words);
  }

  readonly send = async (id: string, { revision, edits, taken }: Change): Promise<MediaObject> => {
    this.taken.push(taken);
    const fate = this.fates.shift() ?? "arrives";
    const { meanwhile } = this;
    this.meanwhile = () => {};
    await Promise.resolve();
    meanwhile();
    if (fate === "unreachable") throw failure(null, "unreachable");
    if (fate === "signedOut") throw failure(401, "invalid_api_key");
    if (fate === "broken") throw failure(500, "internal_error");
    if (fate === "refused") throw failure(422, "validation_error");
    if (revision !== this.revision) throw failure(412, "precondition_failed");
    this.change(edits);
    if (fate === "unanswered") throw failure(null, "timed_out");
    return this.media(id);
  };

  readonly load = async (id: string): Promise<MediaObject> => {
    const { meanwhile } = this;
    this.meanwhile = () => {};
    await Promise.resolve();
    meanwhile();
    return this.media(id);
  };
}

function failure(
  status: number | null,
  code: ConstructorParameters<typeof TaglineError>[0]["code"],
): TaglineError {
  return new TaglineError({
    code,
    status,
    detail: "It is told why.",
    errors: status === 422 ? [{ path: "object_metadata.title", message: "is too long" }] : [],
  });
}
