/** The month behind a month `YYYY-MM`; null behind the last that four digits tell. */
export function monthAfter(month: string): string | null {
  const [year = "", number = ""] = month.split("-");
  if (number !== "12") return `${year}-${twoDigits(Number(number) + 1)}`;
  return year === "9999" ? null : `${String(Number(year) + 1).padStart(4, "0")}-01`;
}

/** The day behind a day `YYYY-MM-DD`; null behind the last that four digits tell. */
export function dayAfter(day: string): string | null {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  const text = date.toISOString();
  // Years beyond 9999 are written with a sign.
  return text.startsWith("+") ? null : text.slice(0, "YYYY-MM-DD".length);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
