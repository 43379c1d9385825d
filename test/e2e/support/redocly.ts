import { createConfig, lintFromString } from "@redocly/openapi-core";

/**
 * What Redocly's recommended rules find in an OpenAPI document, errors and warnings, a line each. All rules of the set are
 * on. Nothing is fetched: the document refers to nothing outside.
 */
export async function lintedByRedocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return problems.map(
    ({ ruleId, message, location }) => `${location[0]?.pointer ?? ""} ${ruleId}: ${message}`,
  );
}
