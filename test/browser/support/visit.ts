import type { Browser, Page } from "playwright-core";

/** How the page is looked at. */
export interface VisitOptions {
  /** In CSS pixels; a desk's 1280 × 900 without it. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What the system prefers; light without it. */
  readonly colorScheme?: "light" | "dark";
  /** Whether the page's scripts run: they do without it. */
  readonly scripts?: boolean;
}

/** What went wrong on a page, each in the order in which it happened. */
export interface Complaints {
  /** Errors and warnings of the console, with the address that they tell. */
  readonly console: string[];
  /** Exceptions that nobody has caught. */
  readonly exceptions: string[];
  /** Addresses outside the service that were asked for, also those that its policy has forbidden. */
  readonly foreign: string[];
  /** What the Content-Security-Policy has forbidden. */
  readonly violations: string[];
}

/** A page that is open, and what has gone wrong on it until now. */
export interface Visit {
  readonly page: Page;
  readonly complaints: Complaints;
}

/** A page about which there is nothing to complain; tests compare with it. */
export const noComplaints: Complaints = { console: [], exceptions: [], foreign: [], violations: [] };

const desk = { width: 1280, height: 900 };

/** What a line of the console begins with that tells of a violation. */
const violationMark = "securitypolicyviolation: ";

/** Opens a page of the service and listens to it from its first byte on. */
export async function visit(
  { browser, origin, path }: { readonly browser: Browser; readonly origin: string; readonly path: string },
  { viewport = desk, colorScheme = "light", scripts = true }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: scripts });
  const page = await context.newPage();
  const complaints: Complaints = { console: [], exceptions: [], foreign: [], violations: [] };
  page.on("console", (message) => {
    const text = message.text();
    if (text.startsWith(violationMark)) complaints.violations.push(text.slice(violationMark.length));
    else if (["error", "warning"].includes(message.type()))
      complaints.console.push(`${text} (${message.location().url})`);
  });
  page.on("pageerror", (error) => void complaints.exceptions.push(error.message));
  context.on("request", (request) => {
    if (!isOf(origin, request.url())) complaints.foreign.push(request.url());
  });
  page.on("websocket", (socket) => void complaints.foreign.push(socket.url()));
  await context.addInitScript(reportViolations, violationMark);
  await page.goto(new URL(path, origin).href);
  return { page, complaints };
}

/** Whether an address asks nobody but the service; what lies in the page itself asks nobody. */
function isOf(origin: string, address: string): boolean {
  return /^(?:data|blob):/.test(address) || new URL(address).origin === origin;
}

/** Runs in the page, which tells the test by a line of its console. */
function reportViolations(mark: string): void {
  document.addEventListener("securitypolicyviolation", (violation) => {
    const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = violation;
    const source = sourceFile === "" ? [] : [`${sourceFile}:${lineNumber}`];
    console.debug(mark + [effectiveDirective, blockedURI, ...source, sample].join(" ").trim());
  });
}
