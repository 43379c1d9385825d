/** A document as its text, for tests of what it says. */
declare module "*.md?raw" {
  const text: string;
  export default text;
}
