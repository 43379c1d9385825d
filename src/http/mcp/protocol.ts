/** All that is taken of the SDK. Nobody imports this but by `import()`, so that no other request waits for it. */
export {
  createMcpHandler,
  isLegacyRequest,
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
