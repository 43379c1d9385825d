/** What text is written into. */
const fields =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"])';

/** Whether a key that was pressed there is text that somebody writes, and so no command. */
export function isWriting(target: { readonly matches: (selector: string) => boolean } | null): boolean {
  return target?.matches(fields) ?? false;
}
