import { RegExpParser, type AST } from "@eslint-community/regexpp";

/** How long the texts are that a pattern is fed. */
const textLength = 100_000;

/** Characters of every kind that patterns speak of: what a class matches is found by trying these. */
const samples = Array.from(
  " \t\n\0azAZ09_-+./:;,=\"'\\<>&*%@~é\x80\x9f\u00ad\u0301\u2028\u3042\ufeff\u{1f600}",
);

/** What few patterns expect at the beginning: they look for one in what follows. */
const beginnings = ["", "\u0001"];

/** What no pattern expects at the end of anything. */
const ends = ["", "\u0001", "!\uffff", "\n"];

/**
 * Texts of 100 KB that are made to lead a pattern astray: runs of each character that it mentions, and nearly matching
 * texts in which whatever may repeat such a character repeats it very often, each with beginnings and ends at which it fails.
 */
export function hostileTexts(source: string, flags: string): string[] {
  const { pattern } = new RegExpParser().parseLiteral(`/${source}/${flags}`);
  const mentioned = samples.filter((sample) => mentions(pattern, sample, flags));
  const pumped = [null, ...mentioned].flatMap((sample) => {
    const shortest = written(pattern, { sample, runs: 0, flags });
    const pumps = shortest.pumps;
    if (pumps === 0) return [shortest.text.repeat(Math.ceil(textLength / Math.max(1, shortest.text.length)))];
    return [written(pattern, { sample, runs: Math.ceil(textLength / pumps), flags }).text];
  });
  const runs = samples.map((sample) => sample.repeat(textLength / sample.length));
  const texts = [...runs, ...pumped].flatMap((text) =>
    beginnings.flatMap((beginning) => ends.map((end) => beginning + text + end)),
  );
  return [...new Set(texts)];
}

/** What to write for each part of a pattern. */
interface Writing {
  /** The character that is repeated; null: whatever may repeat repeats its own. */
  readonly sample: string | null;
  /** How often. */
  readonly runs: number;
  readonly flags: string;
}

interface Written {
  readonly text: string;
  /** How many parts repeat the character. */
  readonly pumps: number;
}

const nothing: Written = { text: "", pumps: 0 };

function joined(parts: readonly Written[]): Written {
  return {
    text: parts.map(({ text }) => text).join(""),
    pumps: parts.reduce((sum, { pumps }) => sum + pumps, 0),
  };
}

/** A text that a part of the pattern matches, or nearly: of alternatives the one that repeats most. */
function written(node: AST.Pattern | AST.Element | AST.Alternative, writing: Writing): Written {
  switch (node.type) {
    case "Pattern":
    case "Group":
    case "CapturingGroup":
      return mostPumped(node.alternatives.map((each) => written(each, writing)));
    case "Alternative":
      return joined(node.elements.map((each) => written(each, writing)));
    case "Quantifier":
      return writtenQuantifier(node, writing);
    case "Character":
      return { text: String.fromCodePoint(node.value), pumps: 0 };
    case "CharacterSet":
    case "CharacterClass":
    case "ExpressionCharacterClass":
      return { text: matching(node.raw, writing.flags)[0] ?? "", pumps: 0 };
    case "Assertion":
    case "Backreference":
      return nothing;
  }
}

function mostPumped(alternatives: readonly Written[]): Written {
  return alternatives.reduce(
    (most, each) => (each.pumps > most.pumps ? each : most),
    alternatives[0] ?? nothing,
  );
}

/** A quantifier that has no end and takes the character repeats it; any other is written as seldom as it may be. */
function writtenQuantifier({ element, min, max }: AST.Quantifier, writing: Writing): Written {
  // What repeats within what repeats is written once each time.
  const inner = written(element, { ...writing, runs: 1 });
  if (max !== Infinity) return joined(Array.from({ length: Math.min(min, 100) }, () => inner));
  const { sample, runs } = writing;
  const isPumped = sample === null || matching(element.raw, writing.flags).includes(sample);
  if (isPumped) return { text: (sample ?? inner.text).repeat(runs), pumps: 1 };
  return joined(Array.from({ length: min }, () => inner));
}

/** The samples that a part matches, each alone. */
function matching(raw: string, flags: string): string[] {
  const pattern = new RegExp(`^(?:${raw})$`, flags.replaceAll(/[gy]/g, ""));
  return samples.filter((sample) => pattern.test(sample));
}

function mentions(pattern: AST.Pattern, sample: string, flags: string): boolean {
  const classes: string[] = [];
  const visit = (node: AST.Pattern | AST.Element | AST.Alternative): void => {
    if (node.type === "Quantifier") visit(node.element);
    else if ("alternatives" in node) node.alternatives.forEach(visit);
    else if (node.type === "Alternative") node.elements.forEach(visit);
    else if (node.type !== "Assertion" && node.type !== "Backreference") classes.push(node.raw);
  };
  visit(pattern);
  return classes.some((raw) => matching(raw, flags).includes(sample));
}
