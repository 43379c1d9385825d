/** What somebody wants done with the photos that are selected. */
type WishKind = "describe" | "remove";

/**
 * A wish, and the choice of photos that it is about; see {@link Selected.choice}. It is begun once it is known which photos are
 * meant, and stays so whatever becomes of the selection.
 */
export interface Wish {
  readonly kind: WishKind;
  readonly choice: object;
  readonly isBegun: boolean;
}

/** What a wish looks at. */
interface Now {
  readonly choice: object;
  /** How many of the photos are not known yet. */
  readonly awaited: number;
  readonly hasFailed: boolean;
}

/**
 * What becomes of a wish. One that waits for photos ends where they cannot be loaded, and where others are selected by then:
 * nothing is deleted minutes later by itself.
 */
export function wishNow(wish: Wish | null, { choice, awaited, hasFailed }: Now): Wish | null {
  if (wish === null || wish.isBegun) return wish;
  if (wish.choice !== choice) return null;
  if (awaited === 0) return { ...wish, isBegun: true };
  return hasFailed ? null : wish;
}
