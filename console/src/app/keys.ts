import { texts } from "../texts/texts.ts";

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

const { keys } = texts;

/** Every key of the page but those of the viewer, which has a list of its own. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: keys.everywhere,
    help: [
      { keys: ["?"], does: keys.show },
      { keys: ["/"], does: keys.search },
      { keys: ["Esc"], does: keys.escape },
    ],
  },
  {
    title: keys.find,
    help: [
      { keys: ["↓", "↑"], does: keys.suggestion },
      { keys: ["→", "←"], does: keys.folder },
      { keys: ["Delete"], does: keys.filter },
    ],
  },
  {
    title: keys.grid,
    help: [
      { keys: ["←", "→", "↑", "↓"], does: keys.arrows },
      { keys: ["Page Up", "Page Down"], does: keys.pages },
      { keys: ["Home", "End"], does: keys.row },
      { keys: ["Ctrl + Home", "Ctrl + End"], does: keys.ends },
      { keys: ["Enter", "Space"], does: keys.open },
    ],
  },
  {
    title: keys.scrubber,
    help: [
      { keys: ["↑", "↓"], does: keys.months },
      { keys: ["Page Up", "Page Down"], does: keys.years },
    ],
  },
];

/** What text is written into. */
const fields =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"])';

/** Whether a key that was pressed there is text that somebody writes, and so no command. */
export function isWriting(target: { readonly matches: (selector: string) => boolean } | null): boolean {
  return target?.matches(fields) ?? false;
}
