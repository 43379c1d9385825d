/** A style sheet that the bundle of the viewer takes in; see viewer.ts. */
declare module "*.css";
