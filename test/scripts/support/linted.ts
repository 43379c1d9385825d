import { parse } from "@babel/parser";

/** A node of the syntax tree (ESTree). */
interface Node {
  readonly type: string;
  readonly source?: { readonly value?: unknown } | null;
}

interface Comment {
  readonly type: string;
  readonly value: string;
}

/** Rules as the linter loads them, as far as they ask it for something. */
export interface LintPlugin {
  readonly meta: { readonly name: string };
  readonly rules: Readonly<
    Record<
      string,
      {
        create(context: {
          readonly filename: string;
          readonly sourceCode: { getCommentsBefore(node: object): readonly Comment[] };
          report(finding: { readonly message: string }): void;
        }): Readonly<Record<string, (node: Node) => void>>;
      }
    >
  >;
}

/** What the rules of a plugin say of a text, each finding with the name of its rule before it. */
export function linted(plugin: LintPlugin, code: string, filename = "src/core/a.ts"): string[] {
  const { program } = parse(code, {
    sourceType: "module",
    plugins: ["typescript", ["estree", { classFeatures: true }]],
  });
  const nodes = nodesIn(program);
  return Object.entries(plugin.rules).flatMap(([name, rule]) => {
    const found: string[] = [];
    const visitor = rule.create({
      filename,
      sourceCode: { getCommentsBefore },
      report: ({ message }) => void found.push(`${plugin.meta.name}(${name}) ${message}`),
    });
    for (const node of nodes) visitor[node.type]?.(node);
    return found;
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** A node and all below it. */
function nodesIn(root: unknown): Node[] {
  if (Array.isArray(root)) return root.flatMap(nodesIn);
  return isNode(root) ? [root, ...Object.values(root).flatMap(nodesIn)] : [];
}

function getCommentsBefore(node: object): Comment[] {
  const comments: unknown = "leadingComments" in node ? node.leadingComments : null;
  if (!Array.isArray(comments)) return [];
  return comments.flatMap((comment: unknown) =>
    isNode(comment) && "value" in comment && typeof comment.value === "string"
      ? { type: comment.type.replace("Comment", ""), value: comment.value }
      : [],
  );
}
