/** A block of code in a document. */
export interface FencedBlock {
  /** What stands behind the opening fence; empty for a block of no language. */
  readonly language: string;
  /** The text of the last heading before the block. */
  readonly heading: string;
  /** The lines between the fences, each with its end. */
  readonly code: string;
}

/** The fenced blocks of a document of CommonMark, in their order; a block inside a list loses the list's indentation. */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let heading = "";
  let open: { readonly language: string; readonly indent: number; readonly lines: string[] } | null = null;
  for (const line of markdown.split("\n")) {
    const fence = /^( *)```(.*)$/.exec(line);
    if (open !== null && fence !== null) {
      const code = open.lines.map((each) => `${each}\n`).join("");
      blocks.push({ language: open.language, heading, code });
      open = null;
    } else if (open !== null) open.lines.push(line.slice(open.indent));
    else if (fence !== null)
      open = { language: (fence[2] ?? "").trim(), indent: (fence[1] ?? "").length, lines: [] };
    else heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
  return blocks;
}
