/** By what the photos are ordered: the date taken and the date added newest first, the name in ascending order. */
export const sorts = ["taken_at", "created_at", "object_key"] as const;

/** One of {@link sorts}; the names are those of `sort` in `GET /v1/media`. */
export type Sort = (typeof sorts)[number];

/** What `has` and `without` of `GET /v1/media` may ask for. */
export const traits = [
  "description",
  "keywords",
  "location",
  "taken_at",
  "sidecar_change",
  "suggestions",
] as const;

/** One of {@link traits}. */
export type Trait = (typeof traits)[number];

/** The states of a photo; the names are those of `state` in `GET /v1/media`. */
export const states = ["pending", "ready", "failed", "unsupported"] as const;

/** One of {@link states}. */
export type State = (typeof states)[number];

/** Which photos are shown, in which order. Every field has the meaning of the parameter of `GET /v1/media` of its name. */
export interface Finding {
  /** What the search field says; empty for none. */
  readonly q: string;
  /** Counts where `q` is empty: a search has an order of its own. */
  readonly sort: Sort;
  readonly provider: string | null;
  /** The beginning of the object keys: a folder ends in `/`. */
  readonly prefix: string | null;
  /** All of them must be on the photo. */
  readonly keywords: readonly string[];
  readonly has: readonly Trait[];
  readonly without: readonly Trait[];
  readonly contentType: string | null;
  readonly state: State | null;
  /** `false`: photos whose object is there; `true`: photos whose object is gone. */
  readonly missing: "false" | "true" | "any";
  /** A date `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, inclusive. */
  readonly takenAfter: string | null;
  /** A date likewise, exclusive. */
  readonly takenBefore: string | null;
}

/**
 * The rooms of the page:
 * - `photos`: the grid.
 * - `sheet`: a page of photos with their words beside them, to be described one after the other.
 * - `changes`: what was done last, and can be taken back.
 * - `trash`: what was deleted, and can be restored.
 * - `storage`: the runs that look for photos in the storage, and what they ask people.
 * - `duplicates`: photos that are there more than once.
 * - `upload`: photos that come from this computer.
 */
export const rooms = ["photos", "sheet", "changes", "trash", "storage", "duplicates", "upload"] as const;

/** One of {@link rooms}. */
export type Room = (typeof rooms)[number];

/** What the page shows. All of it stands in the address. */
export interface View {
  readonly room: Room;
  readonly finding: Finding;
  /** The id of the photo that is open in the viewer. */
  readonly photo: string | null;
  /** The place of the first photo of the contact sheet, from 0; 0 in every other room. */
  readonly from: number;
}

/** Every photo that is there, newest first. */
export const everything: Finding = {
  q: "",
  sort: "taken_at",
  provider: null,
  prefix: null,
  keywords: [],
  has: [],
  without: [],
  contentType: null,
  state: null,
  missing: "false",
  takenAfter: null,
  takenBefore: null,
};
