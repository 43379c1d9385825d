/** How deep JSON text may nest, and how many characters it may have: blanks outside strings count nothing, an escape one. */
export interface JsonLimits {
  readonly depth: number;
  readonly characters: number;
}

/**
 * Where JSON text goes beyond its limits: the name of the top-level member that it happens in, as the text spells it and
 * empty where there is none, and what is to be said of it; null where it stays within them. The text need not be JSON,
 * and is read once at most, so that a parser never sees what no schema takes: with very many brackets open it takes more
 * than twice as long for twice as many. RFC 8259, section 9, allows such limits.
 */
export function beyondLimits(text: string, limits: JsonLimits): { path: string; message: string } | null {
  let depth = 0;
  let characters = 0;
  let lastString = "";
  let path = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const { end, length } = stringAt(text, at);
      lastString = text.slice(at + 1, end);
      at = end;
      characters += length;
    } else if (character === ":") {
      if (depth === 1) path = lastString;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > limits.depth) return { path, message: `is nested more than ${limits.depth} levels deep` };
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
    if (!isBlank(character)) characters += 1;
    if (characters > limits.characters) {
      return {
        path,
        message: `makes the body longer than ${limits.characters} characters, not counting blanks`,
      };
    }
  }
  return null;
}

function isBlank(character: string): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}

/** The string whose first quotation mark is at `start`: where its last one is, and its length with each escape as one. */
function stringAt(text: string, start: number): { readonly end: number; readonly length: number } {
  let length = 0;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return { end: at, length: length + 1 };
    if (character === "\\") at += text.charAt(at + 1) === "u" ? 5 : 1;
    length += 1;
  }
  return { end: text.length, length };
}
