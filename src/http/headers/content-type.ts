import type { Context } from "hono";
import { createMiddleware } from "hono/factory";

import { AppError } from "../../core/errors.ts";
import type { AppEnv } from "../context.ts";

/** A boundary has at most 70 characters (RFC 2046 §5.1.1), and nothing else that means something here is as long. */
const longestContentType = 256;

/**
 * The media type of a request's `Content-Type` in lower case, without parameters; empty where there is none. A header of
 * more than 256 characters is refused as `unsupported_media_type`.
 */
export function mediaTypeOf(context: Context<AppEnv>): string {
  const header = context.req.header("Content-Type") ?? "";
  if (header.length > longestContentType) {
    throw new AppError(
      "unsupported_media_type",
      `The header Content-Type has more than ${longestContentType} characters.`,
    );
  }
  return essenceOf(header);
}

function essenceOf(header: string): string {
  return header.split(";", 1).join("").trim().toLowerCase();
}

/**
 * Brings a `Content-Type` into the one spelling that the runtime and the library read: RFC 9110 §5.6.6 lets blanks and
 * tabs stand around each `;`, and capitals anywhere in the type. One that is not well-formed, or too long, stays as it is.
 */
export const tidyContentType = createMiddleware<AppEnv>(async function tidyContentType(context, next) {
  const header = context.req.header("Content-Type");
  const tidy = header === undefined || header.length > longestContentType ? null : tidied(header);
  if (tidy !== null && tidy !== header) {
    const headers = new Headers(context.req.raw.headers);
    headers.set("Content-Type", tidy);
    context.req.raw = new Request(context.req.raw, { headers });
  }
  await next();
});

/** A parameter (RFC 9110 §5.6.6) with the semicolon before it and the blanks around that. */
const parameter = /[ \t]*;[ \t]*([\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\[\t -~])*"))/y;

/** The header as one writes it; null where it is not well-formed. JSON knows no parameters (RFC 8259 §11): they are left out. */
export function tidied(header: string): string | null {
  const type = essenceOf(header);
  const parameters: string[] = [];
  let end = header.indexOf(";");
  if (end < 0) return type;
  end = header.slice(0, end).trimEnd().length;
  for (let found = matchAt(header, end); found !== null; found = matchAt(header, end)) {
    parameters.push(found[1] ?? "");
    end += found[0].length;
  }
  if (header.slice(end).trim() !== "") return null;
  const isJson = /^application\/(?:[\w.-]+\+)?json$/.test(type);
  return isJson ? type : [type, ...parameters].join("; ");
}

function matchAt(header: string, index: number): RegExpExecArray | null {
  parameter.lastIndex = index;
  return parameter.exec(header);
}
