import openapiTS, { astToString } from "openapi-typescript";

const head = `// Made from docs/openapi.json by \`npm run generate\`. Changes to this file are lost with the next run.

`;

/** The types of an OpenAPI document: every path with its parameters, bodies and answers, as TypeScript. */
export async function typesOf(document: string): Promise<string> {
  const types = await openapiTS(document, {
    // A field with a default may be left out of a request.
    defaultNonNullable: false,
    immutable: true,
    silent: true,
  });
  return head + astToString(types);
}
