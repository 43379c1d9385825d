import { analyse } from "scslre";

/** A node of the syntax tree, as far as the rules look at it (ESTree). */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
}

/** What the linter gives a rule. */
interface Context {
  report(finding: { readonly node: Node; readonly message: string }): void;
}

type Visitor = Readonly<Record<string, (node: Node) => void>>;

/**
 * Why a pattern can take more than linear time for a text that does not match, a sentence for each reason: two
 * quantifiers that can exchange characters, one that can reach itself, or one that is tried from every place anew.
 */
export function backtracking(pattern: string, flags: string): string[] {
  const { reports } = analyse(
    { source: pattern, flags },
    { reportTypes: { Move: true, Self: true, Trade: true } },
  );
  return reports.map(({ type, character, exponential }) => {
    const cost = exponential ? "exponential" : "more than linear";
    return `This pattern takes ${cost} time for many ${JSON.stringify(character.pick)} (${type.toLowerCase()}).`;
  });
}

/** Every pattern that is written down is looked at, as a literal or as a text given to RegExp. */
function createBacktracking(context: Context): Visitor {
  const look = (node: Node, pattern: string, flags: string): void => {
    for (const message of backtracking(pattern, flags)) context.report({ node, message });
  };
  const lookAtCall = (node: Node): void => {
    if (node.callee?.name !== "RegExp") return;
    const [pattern, flags] = node.arguments ?? [];
    if (typeof pattern?.value !== "string") return;
    look(node, pattern.value, typeof flags?.value === "string" ? flags.value : "");
  };
  return {
    Literal: (node) => {
      if (node.regex !== undefined) look(node, node.regex.pattern, node.regex.flags);
    },
    NewExpression: lookAtCall,
    CallExpression: lookAtCall,
  };
}

/** A pattern that is put together while the program runs can be looked at by nobody beforehand. */
function createConstant(context: Context): Visitor {
  const look = (node: Node): void => {
    if (node.callee?.name !== "RegExp" || typeof node.arguments?.[0]?.value === "string") return;
    context.report({ node, message: "Write the pattern down: one that is put together cannot be checked." });
  };
  return { NewExpression: look, CallExpression: look };
}

/** Rules for regular expressions; the linter loads them (`jsPlugins` in .oxlintrc.json). */
export default {
  meta: { name: "patterns" },
  rules: {
    backtracking: { create: createBacktracking },
    constant: { create: createConstant },
  },
};
