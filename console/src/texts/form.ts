import { form } from "./en/form.ts";

/** Every text of describing a photo. */
export const formTexts = form;
