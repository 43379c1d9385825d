import { language, texts } from "../../texts/texts.ts";

const numbers = new Intl.NumberFormat(language);

/** A whole number in the language of the page, such as 8,312. */
export function numberText(count: number): string {
  return numbers.format(count);
}

/** How many photos there are: "1 photo", "8,312 photos", or "more than 10,000 photos" where `isMore`. */
export function photosText(count: number, { isMore = false } = {}): string {
  const written = numberText(count);
  return isMore && count > 0 ? texts.find.morePhotos(written) : texts.find.photos(count, written);
}
