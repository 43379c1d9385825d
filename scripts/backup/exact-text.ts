import { z } from "zod";
import { metadataColumns } from "../../src/db/media/record.ts";
import type { Row, Value } from "./export-reader.ts";

const metadata = z.record(z.string(), z.unknown());

/**
 * A record as it was, where the export cannot tell: it writes a line break as `\n` and leaves these two characters as
 * they are, so that of a text with both of them each comes back as a line break. The texts that join several with line
 * breaks are made of the record's words, and are made again.
 */
export function withExactText(row: Row): Row {
  if (row.table !== "media_objects") return row;
  const words = parsed(row.values[row.columns.indexOf("object_metadata")]);
  if (words === undefined) return row;
  const { keywordText, customText } = metadataColumns(words);
  const texts = new Map([
    ["keyword_text", keywordText],
    ["custom_text", customText],
  ]);
  const values = row.values.map((value, index) => {
    const text = texts.get(row.columns[index] ?? "");
    const isTheSame = text !== undefined && typeof value === "string" && blurred(text) === blurred(value);
    return isTheSame ? text : value;
  });
  return { ...row, values };
}

/** What is the same for two texts that an export does not tell apart. */
function blurred(text: string): string {
  return text.replaceAll("\\n", "\n").replaceAll("\\r", "\r");
}

function parsed(value: Value | undefined): Record<string, unknown> | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return metadata.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
