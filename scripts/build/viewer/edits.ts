import { basename } from "node:path";

/** A place in a package of the viewer that does not go together with the page's policy, and what stands there instead. */
export interface Edit {
  /** The end of the file's path. */
  readonly file: string;
  /** Stands in the file, exactly once. */
  readonly from: string | RegExp;
  readonly to: string | ((match: string) => string);
}

/** Stands for styles that a package would write into the page; what is imported by this name comes into the style sheet. */
export const writtenStyles = "written-styles.css";

/**
 * The page's policy allows styles from files and by the properties of an element's `style`, and forbids elements and
 * attributes that a script writes (docs/adr/0029-documentation-viewer.md). All places where the viewer writes one are
 * here. The other edits mend words that would mislead a reader, and take out ways to other hosts, whose code need not ship.
 */
export const edits: readonly Edit[] = [
  {
    // Messages that pop up: their style comes into the style sheet.
    file: "@scalar/use-toasts/dist/index.js",
    from: /^\(function\(\) \{.*createElement\("style"\).*\}\)\(\);$/m,
    to: (match) => `import ${JSON.stringify(`${writtenStyles}:${textWithin(match)}`)};`,
  },
  {
    // The style of a theme; there is none, and the style sheet has the colours.
    file: "@scalar/api-reference/dist/components/ApiReference.vue_vue_type_script_setup_true_lang.js",
    from: 'createBlock(resolveDynamicComponent("style"), { innerHTML: styleContent.value }, null, 8, ["innerHTML"])',
    to: 'createCommentVNode("")',
  },
  ...["width:30px;height:30px;overflow-y:scroll;", "width:100%;height:40px"].map((style) => ({
    // Measures how wide a scroll bar is.
    file: "@scalar/themes/dist/index.js",
    from: `.setAttribute("style", "${style}")`,
    to: `.style.cssText = "${style}"`,
  })),
  {
    // How wide the numbers of lines are, which our style sheet knows for each count of digits.
    file: "@scalar/highlight/dist/compat/syntax-highlight.js",
    from: ' style="--line-count: ${count}; --line-digits: ${count.toString().length};"',
    to: ' data-line-digits="${count.toString().length}"',
  },
  {
    file: "@scalar/code-highlight/dist/chunks/code.js",
    from: "node.properties.style = `--line-count: ${numLines}; --line-digits: ${numLines.toString().length};`",
    to: "node.properties.dataLineDigits = numLines.toString().length",
  },
  {
    // The style of the editor, in which answers are shown: the browser takes style sheets as objects for a whole page, too.
    file: "style-mod/src/style-mod.js",
    from: "if (!root.head && root.adoptedStyleSheets && win.CSSStyleSheet) {",
    to: "if (root.adoptedStyleSheets && win.CSSStyleSheet) {",
  },
  {
    // A placeholder that looks like a key which has been filled in.
    file: "components/RequestAuthTab.vue_vue_type_script_setup_true_lang.js",
    from: '"QUxMIFlPVVIgQkFTRSBBUkUgQkVMT05HIFRPIFVT"',
    to: '"A key of this service"',
  },
  {
    // The heading of the list from which a reader chooses the language of the examples: it names no clients of this service.
    file: "@scalar/api-reference/dist/features/localization/locales/en.js",
    from: 'heading: "Client Libraries"',
    to: 'heading: "Language of the examples"',
  },
  {
    // Whether text may be run as code: it may not, and the browser would report that it was tried.
    file: "zod/v4/core/core.js",
    from: "__zod_globalConfig = {}",
    to: "__zod_globalConfig = { jitless: true }",
  },
  ...[
    'import("./AgentScalar/AgentScalarDrawer.vue.js")',
    'import("../features/explore-scalar/components/ExploreScalarModal.vue.js")',
    'import("../features/explore-scalar/index.js")',
  ].map((from) => ({
    // Dialogs that only lead to other hosts, and that the settings have switched off.
    file: "@scalar/api-reference/dist/components/ApiReference.vue_vue_type_script_setup_true_lang.js",
    from,
    to: "Promise.reject()",
  })),
];

/** The style sheet in a script that writes it into the page, as the script's text has it. */
function textWithin(script: string): string {
  const literal = /createTextNode\(("(?:[^"\\]|\\.)*")\)/.exec(script)?.[1];
  const text: unknown = literal === undefined ? undefined : JSON.parse(literal);
  if (typeof text !== "string") throw new Error("There is no style sheet in the script that writes one.");
  return text;
}

/** The page speaks English; the other languages of the viewer, and of what it checks with, need not be loaded. */
export const otherLanguages = {
  files: /\/(?:@scalar\/.*\/locales\/(?!en\.)[\w-]+|zod\/v4\/locales\/index)\.js$/,
  /** What stands in such a file instead: no words under the name that is imported, or English alone. */
  contentsOf(path: string): string {
    const name = basename(path, ".js");
    if (name === "index") return 'export { default as en } from "./en.js";';
    return `export const ${name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())} = {};`;
  },
} as const;
