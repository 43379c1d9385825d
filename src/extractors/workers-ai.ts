/** What is used of the binding to Workers AI (https://developers.cloudflare.com/workers-ai/configuration/bindings/). */
export interface AiBinding {
  run(model: string, inputs: Readonly<Record<string, unknown>>): Promise<unknown>;
}
