import { deceptiveCharacter } from "../../core/text/characters.ts";
import { validationError } from "../../core/errors.ts";
import { inNormalForm } from "../../core/text/normal-form.ts";
import { maxKeyBytes } from "../../storage/provider.ts";

/**
 * The object key that a client wants, as it is kept: NFC. Throws `validation_error` for one that is empty, too long, or
 * could be taken for another: by a path's rules, or by the eye. What a listing brings is believed as it is.
 */
export function checkObjectKey(input: string): string {
  const problem = keyProblem(input);
  if (problem !== null) throw validationError([{ path: "object_key", message: problem }]);
  return inNormalForm(input);
}

function keyProblem(input: string): string | null {
  if (!input.isWellFormed()) return "is not well-formed Unicode";
  const key = inNormalForm(input);
  const bytes = new TextEncoder().encode(key).length;
  if (bytes === 0 || bytes > maxKeyBytes) return `must have 1 to ${maxKeyBytes} bytes of UTF-8`;
  if (/\p{Cc}/u.test(key)) return "must not contain control characters";
  const deceptive = deceptiveCharacter(key);
  if (deceptive !== null)
    return `must not contain ${deceptive}, which is invisible or changes the direction of text`;
  if (key.startsWith("/")) return "must not begin with a slash";
  const bad = key.split("/").find((segment) => segment === "" || segment === "." || segment === "..");
  return bad === undefined ? null : 'must not contain a segment that is empty, "." or ".."';
}
