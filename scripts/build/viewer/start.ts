// What /docs runs in the browser: the viewer, told to speak to this service alone.
import "./viewer.css";

import { createApiReference } from "@scalar/api-reference";

createApiReference("#viewer", {
  url: "/openapi.json",
  // No host but this one: neither a proxy between page and service, nor fonts, nor reports of use, nor the services that
  // the viewer's makers offer.
  proxyUrl: "",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  // A key is in the page's memory and nowhere else: it is gone when the page is left.
  persistAuth: false,
  authentication: { preferredSecurityScheme: "apiKey" },
  // All colours are in the style sheet, since the page's policy forbids styles that a script writes into the page.
  theme: "none",
  favicon: "/favicon.svg",
  documentDownloadType: "direct",
  modelsSectionLabel: "Schemas",
  // As the document has them, which is the order in which they are read.
  orderSchemaPropertiesBy: "preserve",
  orderRequiredPropertiesFirst: false,
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
});
