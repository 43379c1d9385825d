import { untrack } from "svelte";
import type { MediaObject } from "tagline-client";
import { formTexts } from "../../texts/form.ts";
import type { Obstacle } from "../drafts/desk.ts";
import { edited, isTyped, type Draft, type Edits, type Words } from "../drafts/draft.ts";
import type { OpenDesk } from "../drafts/open.svelte.ts";
import { givenUp } from "./given-up.ts";
import { carried } from "../fields/carry.ts";
import { isTooMuch, problemsOf } from "../fields/problems.ts";
import { isSame } from "../json.ts";
import { suggestionTexts } from "../../texts/suggestions.ts";
import { editsOf, leftOf, withoutOwn, type Left } from "../suggestions/suggested.ts";
import { savedHere } from "./before.ts";
import { labelsOf, problemText, refusalsOf } from "./labels.ts";
import { readyEdits } from "./ready.ts";

/** How an attempt to save has ended: `field` is to be changed first; an empty one is none of its own. */
export type SaveOutcome =
  | { readonly kind: "saved" }
  | { readonly kind: "conflict" }
  | { readonly kind: "problem"; readonly field: string | null };

/** The words of one photo while somebody describes it. To be made where a component is. */
export class FormState {
  readonly #desk: OpenDesk;
  readonly #media: () => MediaObject;
  /** The photo that this form is of: a field that loses the focus with its form tells the form when another is shown. */
  readonly #id: string;
  #before = $state.raw<{ readonly draft: Draft | null } | null>(null);
  #told = $state("");
  #alarm = $state("");
  #hasTried = $state(false);

  readonly #standing = $derived.by(() => this.#desk.of(this.#media().id));

  /** What was typed and the service does not have. */
  readonly draft = $derived.by((): Draft | null => this.#standing.draft);

  /** What keeps it from being sent. */
  readonly obstacle = $derived.by((): Obstacle | null => this.#standing.obstacle);

  /** The words as the form shows them. */
  readonly words = $derived.by((): Words =>
    edited(this.#media().object_metadata, this.#standing.draft?.edits ?? {}),
  );

  /** What a machine suggests beside the words in the form; null for nothing. */
  readonly suggested = $derived.by((): Left | null => leftOf(this.#media().suggestions, this.words));

  /** Whether something was typed that nobody has saved. */
  readonly isTyped = $derived.by(() => this.draft !== null && isTyped(this.draft));

  /** Whether nothing was typed here, and nothing that was saved is still on its way: the last change is what it seems. */
  readonly isUntouched = $derived.by(
    () => this.draft === null && !this.#desk.drafts.some(({ saved }) => saved !== null),
  );

  /** What is wrong with what was typed, by the names of the fields: by our rules, or since the service has refused it. */
  readonly problems = $derived.by((): ReadonlyMap<string, string> => {
    const own = [...problemsOf(this.draft?.edits ?? {})].map(
      ([name, problem]) => [name, problemText(problem)] as const,
    );
    const refused = this.obstacle?.kind === "refused" ? refusalsOf(this.obstacle.errors) : [];
    return new Map([...refused, ...own]);
  });

  constructor(desk: OpenDesk, media: () => MediaObject) {
    this.#desk = desk;
    this.#media = media;
    this.#id = untrack(() => media().id);
    this.#before = givenUp.of(this.#id);
  }

  /** What has just happened, for everybody; empty for nothing. */
  get told(): string {
    return this.#told;
  }

  /** Why nothing was saved; empty where nothing was to be saved, or all was well. */
  get alarm(): string {
    if (this.obstacle?.kind === "refused") return formTexts.refused[this.obstacle.failure];
    return this.draft !== null && !this.#desk.isKept ? formTexts.notKept : this.#alarm;
  }

  /** Whether somebody has tried to save what has problems. */
  get hasTried(): boolean {
    return this.#hasTried;
  }

  /** Whether the last thing that was done here to several fields at once can be taken back. */
  get canTakeBack(): boolean {
    return this.#before !== null;
  }

  /** Whether what was saved waits for the service. */
  get isWaiting(): boolean {
    return this.draft !== null && !isTyped(this.draft) && this.#desk.isWaiting;
  }

  /** Keeps what is typed into a field. */
  edit(name: string, value: unknown): void {
    if (this.#isOver()) return;
    const given = value === "" ? null : value;
    // A field that is left says once more what is in it, perhaps after it was saved.
    if (isSame(this.words[name] ?? null, given ?? null)) return;
    this.#hush();
    this.#desk.edit(this.#media(), name, given);
  }

  /** Writes several fields at once, so that they can be taken back at once. */
  fill(edits: Edits, told: string): void {
    if (this.#isOver()) return;
    const { draft } = this;
    for (const [name, value] of Object.entries(edits)) this.#desk.edit(this.#media(), name, value);
    this.#before = { draft };
    this.#told = told;
    this.#alarm = "";
  }

  /** Gives up what was typed. */
  giveUp(): void {
    if (this.#isOver()) return;
    const draft = this.#desk.discard(this.#id);
    if (draft === null) return;
    this.#before = { draft };
    givenUp.keep(draft);
    this.#told = formTexts.givenUp;
    this.#alarm = "";
    this.#hasTried = false;
  }

  /** Takes back what {@link fill} or {@link giveUp} has done last. */
  takeBack(): void {
    const before = this.#before;
    if (before === null) return;
    if (before.draft === null) this.#desk.discard(this.#id);
    else this.#desk.restore(before.draft);
    this.#hush();
  }

  /**
   * Takes suggestions into the fields. They are saved at once, unless something was typed that is not saved: then they wait
   * with it. Either way they lie on the device before anybody is asked.
   */
  take(suggested: Left): void {
    const edits = editsOf(suggested, this.words);
    const names = Object.keys(edits);
    if (names.length === 0 || this.#isOver()) return;
    const { isTyped: hasTyped } = this;
    const told = suggestionTexts.taken(labelsOf(names));
    this.fill(edits, told);
    if (!hasTyped && this.save().kind === "saved") this.#told = told;
  }

  /** Takes all suggestions, but no description where there is one. Returns whether there are any. */
  takeAll(): boolean {
    const { suggested } = this;
    if (suggested === null) return false;
    const wanted = withoutOwn(suggested, this.words);
    if (wanted.description === null && wanted.keywords.length === 0) this.#told = suggestionTexts.keep;
    else this.take(wanted);
    return true;
  }

  /** Tells what became of something that was asked of the service. */
  tell(told: string): void {
    this.#told = told;
  }

  /** Copies what is missing here: from the photo that was saved last in this tab, else from the one that is asked for. */
  async copy(before: () => Promise<Words | null>): Promise<void> {
    const { id } = this.#media();
    let from: Words | null;
    try {
      from = savedHere.before(id) ?? (await before());
    } catch {
      this.#told = formTexts.copyFailed;
      return;
    }
    const media = this.#media();
    if (media.id !== id) return;
    const [taken, place] = [media.taken, media.place];
    const edits = carried(this.words, from ?? {}, { isDated: taken !== null, isPlaced: place !== null });
    const names = Object.keys(edits);
    if (from === null) this.#told = formTexts.noneBefore;
    else if (names.length === 0) this.#told = formTexts.nothingCopied;
    else this.fill(edits, formTexts.copied(labelsOf(names)));
  }

  /** Sends what was typed, unless something is wrong with it. */
  save(): SaveOutcome {
    const id = this.#id;
    if (this.#isOver()) return { kind: "problem", field: null };
    if (this.obstacle?.kind === "conflict") return { kind: "conflict" };
    if (this.draft === null) return { kind: "saved" };
    for (const [name, value] of Object.entries(readyEdits(this.draft.edits)))
      if (!isSame(value, this.draft.edits[name])) this.#desk.edit(this.#media(), name, value);
    const problems = problemsOf(this.draft?.edits ?? {});
    if (problems.size > 0) {
      this.#hasTried = true;
      this.#alarm = formTexts.notSaved(problems.size);
      return { kind: "problem", field: problems.keys().next().value ?? null };
    }
    if (isTooMuch(this.words)) {
      this.#alarm = formTexts.tooMuch;
      return { kind: "problem", field: null };
    }
    this.#hush();
    this.#hasTried = false;
    savedHere.note(id, this.words);
    this.#desk.save(id);
    return { kind: "saved" };
  }

  /** Decides a field that somebody else has changed, too. */
  settle(name: string, choice: "mine" | "theirs"): void {
    this.#hush();
    this.#desk.settle(this.#id, name, choice);
  }

  /** Whether another photo is shown in the place of the one that this form is of. */
  #isOver(): boolean {
    return this.#media().id !== this.#id;
  }

  #hush(): void {
    this.#before = null;
    givenUp.forget(this.#id);
    this.#told = "";
    this.#alarm = "";
  }
}
