/**
 * `… | node scripts/tour/show.mjs [NAME…]`: the JSON on its input so that a person can read it, or only the members
 * that are named (`intrinsic.camera`, `items.0.id`). `--value NAME` gives one alone, as it is, for a shell's variable.
 * Plain JavaScript, since the tour of the README runs it with whatever Node there is.
 */
import { text } from "node:stream/consumers";

/**
 * @param {unknown} value
 * @param {string} path names with dots between
 */
function memberOf(value, path) {
  let member = value;
  for (const name of path.split(".")) {
    member =
      typeof member === "object" && member !== null ? new Map(Object.entries(member)).get(name) : undefined;
  }
  return member ?? null;
}

/** @param {string} body */
function parsed(body) {
  try {
    /** @type {unknown} */
    const value = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

const [first, ...more] = process.argv.slice(2);
const isBare = first === "--value";
const names = isBare || first === undefined ? more : [first, ...more];
const body = await text(process.stdin);
const value = parsed(body);
// A problem document (RFC 9457) is told whole: it says what went wrong.
const isProblem = memberOf(value, "code") !== null && memberOf(value, "detail") !== null;
if (value === undefined || isProblem) {
  process.stderr.write(`${value === undefined ? body : JSON.stringify(value, null, 2)}\n`);
  process.exitCode = 1;
} else if (isBare) {
  const member = memberOf(value, names[0] ?? "");
  process.stdout.write(`${typeof member === "string" ? member : JSON.stringify(member)}\n`);
} else {
  const shown =
    names.length === 0 ? value : Object.fromEntries(names.map((name) => [name, memberOf(value, name)]));
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
}
