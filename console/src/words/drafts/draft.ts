import { isSame } from "../json.ts";
import type { Suggestions } from "../suggestions/suggested.ts";

/** What people have written about a photo: `object_metadata` of the API. */
export type Words = Readonly<Record<string, unknown>>;

/** New values of fields by name; null takes a field away (RFC 7396). */
export type Edits = Readonly<Record<string, unknown>>;

/** What somebody has typed about a photo and the service does not have yet. */
export interface Draft {
  /** The photo. */
  readonly id: string;
  /** Who has typed it, as `GET /v1/session` names them: nobody else sees it. */
  readonly owner: string;
  /** The tab that it is typed in. */
  readonly tab: string;
  /** The revision that it was typed over. */
  readonly revision: number;
  /** The words of that revision. */
  readonly base: Words;
  readonly edits: Edits;
  /** Those of the edits that are to be sent, since the person has saved them; null where nothing is. */
  readonly saved: Edits | null;
  /** When it was typed (RFC 3339). */
  readonly typedAt: string;
  /** What a machine had suggested by then; drafts of older pages do not tell. */
  readonly suggested?: Suggestions | null;
}

/** Whether something was typed that nobody has saved yet. */
export function isTyped({ edits, saved }: Pick<Draft, "edits" | "saved">): boolean {
  return saved === null || !isSame(edits, saved);
}

/** Where two people have written different things. */
export interface Conflict {
  readonly name: string;
  /** What was there when both began; undefined for nothing. */
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Words with the edits in them. */
export function edited(words: Words, edits: Edits): Words {
  const kept = Object.entries({ ...words, ...edits }).filter(([, value]) => value !== null);
  return Object.fromEntries(kept);
}

/** The edits with another value in one field: none, where the words have that value already. */
export function withEdit(
  { base, edits }: Pick<Draft, "base" | "edits">,
  name: string,
  value: unknown,
): Edits {
  const { [name]: _replaced, ...others } = edits;
  return isSame(base[name] ?? null, value ?? null) ? others : { ...others, [name]: value ?? null };
}

/** The edits that are left where the service has taken these. */
export function withoutSent(edits: Edits, sent: Edits): Edits {
  return Object.fromEntries(
    Object.entries(edits).filter(([name, value]) => !(name in sent && isSame(value, sent[name]))),
  );
}

/** What edits are over other words than those that they were typed over, and where those contradict them. */
export interface Rebased {
  readonly edits: Edits;
  readonly conflicts: readonly Conflict[];
}

/**
 * Brings edits over what somebody else has written meanwhile. A field that only one of both has changed has no conflict, and
 * keywords that came or went on either side come and go. Edits in conflict stay among the edits.
 */
export function rebased({ base, edits }: Pick<Draft, "base" | "edits">, current: Words): Rebased {
  const left: Record<string, unknown> = {};
  const conflicts: Conflict[] = [];
  for (const [name, mine] of Object.entries(edits)) {
    const [before, theirs] = [base[name] ?? null, current[name] ?? null];
    if (isSame(theirs, mine)) continue;
    const united = name === "keywords" ? unitedKeywords(before, mine, theirs) : null;
    if (united !== null) {
      if (!isSame(united, theirs)) left[name] = united;
      continue;
    }
    left[name] = mine;
    if (!isSame(theirs, before)) conflicts.push({ name, base: base[name], mine, theirs: current[name] });
  }
  return { edits: left, conflicts };
}

/** Theirs, with what came and without what went in mine; null where one of them is no list of texts. */
function unitedKeywords(before: unknown, mine: unknown, theirs: unknown): string[] | null {
  const [was, own, other] = [textsOf(before), textsOf(mine), textsOf(theirs)];
  if (was === null || own === null || other === null) return null;
  const gone = new Set(was.filter((keyword) => !own.includes(keyword)));
  const kept = other.filter((keyword) => !gone.has(keyword));
  const known = new Set(kept.map(folded));
  return [...kept, ...own.filter((keyword) => !was.includes(keyword) && !known.has(folded(keyword)))];
}

function textsOf(value: unknown): string[] | null {
  if (value === null) return [];
  if (!Array.isArray(value)) return null;
  const given: readonly unknown[] = value;
  const texts = given.filter((each) => typeof each === "string");
  return texts.length === given.length ? texts : null;
}

function folded(keyword: string): string {
  return keyword.normalize("NFC").toLowerCase();
}
