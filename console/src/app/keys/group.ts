/** Keys that do one thing; each is written as it stands on a keyboard. */
interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The keys of one part of the page. */
export interface KeyGroup {
  readonly title: string;
  readonly help: readonly KeyHelp[];
}
