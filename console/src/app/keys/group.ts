/** Keys that do one thing; each is written as it stands on a keyboard. */
interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The keys of one part of the page. */
export interface KeyGroup {
  readonly title: string;
  readonly help: readonly KeyHelp[];
  /** What a person must be allowed to do for the keys to do anything; nothing is needed without it. */
  readonly scope?: "write";
}
