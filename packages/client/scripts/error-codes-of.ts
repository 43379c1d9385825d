import { z } from "zod";

const head = `// Made from docs/openapi.json by \`npm run generate\`. Changes to this file are lost with the next run.

/** Every \`code\` that a problem of the service may have. */
`;

const documentSchema = z.object({
  components: z.object({
    schemas: z.object({
      Problem: z.object({ properties: z.object({ code: z.object({ enum: z.array(z.string()).min(1) }) }) }),
    }),
  }),
});

/** The error codes of an OpenAPI document as a module, so that the client tells a code of the document from any other. */
export function errorCodesOf(document: string): string {
  const { components } = documentSchema.parse(JSON.parse(document));
  const codes = components.schemas.Problem.properties.code.enum;
  return `${head}export const errorCodes = [\n${codes.map((code) => `  "${code}",\n`).join("")}] as const;\n`;
}
