import manifest from "../../package.json" with { type: "json" };

/** The version of the service, as in package.json and CHANGELOG.md. */
export const { version } = manifest;
