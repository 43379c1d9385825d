/** Makes a field as high as its text, where the browser does not by itself. To be attached anew with each text. */
export function growing(_text: string): (field: HTMLTextAreaElement) => void {
  return (field) => {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    // The borders are not among what scrolls.
    field.style.height = `${field.scrollHeight + 2}px`;
  };
}
