/** `length` bytes of a file from `offset` on. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}
