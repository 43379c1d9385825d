/** A node of the syntax tree, as far as the rules look at it (ESTree). */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly kind?: string;
  readonly readonly?: boolean;
  readonly id?: Node | null;
  readonly key?: Node;
  readonly declaration?: Node | null;
  readonly declarations?: readonly Node[];
  readonly body?: unknown;
}

interface Comment {
  readonly type: string;
  readonly value: string;
}

/** What the linter gives a rule. */
interface Context {
  readonly sourceCode: { getCommentsBefore(node: Node): readonly Comment[] };
  report(finding: { readonly node: Node; readonly message: string }): void;
}

type Visitor = Readonly<Record<string, (node: Node) => void>>;

/** Whether a name is written in capitals, as constants are elsewhere; a single letter is not. */
export function isInCapitals(name: string): boolean {
  return /^[A-Z][A-Z\d_]+$/.test(name);
}

/** Words that say nothing beside a name: small ones, and what anything that has a name may be or do. */
const fillers = new Set(
  (
    "a an and are as at be by for from has have in is it its of on or that the their these this those to whether which " +
    "with class constant function get give interface method object property return type value"
  ).split(" "),
);

/** A word without its plural. */
function stemOf(word: string): string {
  return word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;
}

/** The words of a name in camelCase, with capitals or with lines between them. */
function wordsOfName(name: string): Set<string> {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return new Set(words.map((word) => stemOf(word.toLowerCase())));
}

/** Whether a comment tells no more than the name that it stands on. */
export function repeatsName(comment: string, name: string): boolean {
  const known = wordsOfName(name);
  const words = comment.match(/[\p{L}\d]+/gu) ?? [];
  return words
    .map((word) => word.toLowerCase())
    .every((word) => [word, stemOf(word)].some((form) => fillers.has(form) || known.has(form)));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** The names that a declaration, or a member of a class or an interface, gives. */
function namesOf(node: Node): string[] {
  if (node.declaration) return namesOf(node.declaration);
  const named = node.declarations?.map(({ id }) => id) ?? [node.id ?? node.key];
  return named.flatMap((each) => each?.name ?? []);
}

function createConstants(context: Context): Visitor {
  return {
    VariableDeclaration: (node) => {
      if (node.kind !== "const") return;
      for (const name of namesOf(node).filter(isInCapitals))
        context.report({ node, message: `Constants are named in camelCase: ${name}.` });
    },
  };
}

function createReadonly(context: Context): Visitor {
  return {
    TSInterfaceBody: (node) => {
      const members = Array.isArray(node.body) ? node.body.filter(isNode) : [];
      for (const member of members) {
        if (member.type !== "TSPropertySignature" || member.readonly === true) continue;
        const message =
          "Properties of an interface are readonly; what is filled in place has a type of its own.";
        context.report({ node: member, message });
      }
    },
  };
}

/** The doc comment right before a node, without its marks. */
function docCommentOf(context: Context, node: Node): string | null {
  const comment = context.sourceCode.getCommentsBefore(node).at(-1);
  return comment?.type === "Block" && comment.value.startsWith("*") ? comment.value : null;
}

function createComments(context: Context): Visitor {
  const look = (node: Node): void => {
    const comment = docCommentOf(context, node);
    const [name] = namesOf(node);
    if (comment === null || name === undefined || !repeatsName(comment, name)) return;
    context.report({
      node,
      message: `This comment says no more than the name ${name}: leave it out, or say more.`,
    });
  };
  return {
    ExportNamedDeclaration: look,
    FunctionDeclaration: look,
    ClassDeclaration: look,
    VariableDeclaration: look,
    TSInterfaceDeclaration: look,
    TSTypeAliasDeclaration: look,
    MethodDefinition: look,
    PropertyDefinition: look,
    TSMethodSignature: look,
    TSPropertySignature: look,
  };
}

function createExports(context: Context): Visitor {
  // An overloaded function has its comment on the first of its signatures.
  const documented = new Set<string>();
  return {
    ExportNamedDeclaration: (node) => {
      if (!node.declaration) return;
      const names = namesOf(node.declaration);
      const hasComment = docCommentOf(context, node) !== null;
      for (const name of names.filter((each) => !documented.has(each))) {
        if (!hasComment)
          context.report({ node, message: `${name} is exported, and no doc comment says what it is for.` });
        documented.add(name);
      }
    },
  };
}

/** The rules for how the code is written; the linter loads them (`jsPlugins` in .oxlintrc.json). */
export default {
  meta: { name: "dialect" },
  rules: {
    constants: { create: createConstants },
    readonly: { create: createReadonly },
    comments: { create: createComments },
    exports: { create: createExports },
  },
};
