import type { Browser, BrowserContext, Page } from "playwright-core";
import { listenToLayout, shiftsOf, type Shift } from "./layout.ts";

/** How the page is looked at. */
export interface VisitOptions {
  /** In CSS pixels; a desk's 1280 × 900 without it. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What the system prefers; light without it. */
  readonly colorScheme?: "light" | "dark";
  /** Whether the system replaces the colours of pages by few of its own; it does not without it. */
  readonly forcedColors?: "active" | "none";
  /** Whether the system asks for less motion; it does without it, so that nothing waits for an animation. */
  readonly reducedMotion?: "reduce" | "no-preference";
  /** Whether the page's scripts run: they do without it. */
  readonly scripts?: boolean;
  /** Signs in with this key before the page is opened; nobody is signed in without it. */
  readonly key?: string;
  /** What is done with the window before the page is opened in it, such as answering a request in the service's place. */
  readonly prepare?: (page: Page, context: BrowserContext) => Promise<unknown>;
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

/** The addresses that a page has asked for, by what became of the requests. */
export interface Requests {
  readonly made: string[];
  /** Those that the page itself has broken off. */
  readonly cancelled: string[];
}

/** A page that is open, and what has happened on it until now. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: Complaints;
  readonly requests: Requests;
  /** What has moved by itself on the page that is open now, since it was opened. */
  readonly shifts: () => Promise<Shift[]>;
}

/** A page about which there is nothing to complain; tests compare with it. */
export const noComplaints: Complaints = { console: [], exceptions: [], foreign: [], violations: [] };

const desk = { width: 1280, height: 900 };

/** How long something on a page may take on a machine that is busy, in milliseconds; who waits longer waits in vain. */
const waitsMs = 30_000;

/** What a line of the console begins with that tells of a violation. */
const violationMark = "securitypolicyviolation: ";

/** Opens a page of the service and listens to it from its first byte on. */
export async function visit(
  { browser, origin, path }: { readonly browser: Browser; readonly origin: string; readonly path: string },
  options: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: options.viewport ?? desk,
    colorScheme: options.colorScheme ?? "light",
    forcedColors: options.forcedColors ?? "none",
    reducedMotion: options.reducedMotion ?? "reduce",
    javaScriptEnabled: options.scripts ?? true,
  });
  if (options.key !== undefined) await signIn(context, origin, options.key);
  context.setDefaultTimeout(waitsMs);
  const page = await context.newPage();
  const [complaints, requests] = [complaintsAbout(page, origin), requestsOf(page)];
  await context.addInitScript(reportViolations, violationMark);
  await listenToLayout(context);
  await options.prepare?.(page, context);
  await page.goto(new URL(path, origin).href);
  return { page, context, complaints, requests, shifts: () => shiftsOf(page) };
}

/** Begins a session as the page itself does, so that every page of this window has its cookie. */
async function signIn(context: BrowserContext, origin: string, key: string): Promise<void> {
  const response = await context.request.post(new URL("/v1/session", origin).href, {
    headers: { "X-API-Key": key },
  });
  if (!response.ok()) throw new Error(`The sign-in was answered ${response.status()}.`);
}

function complaintsAbout(page: Page, origin: string): Complaints {
  const complaints: Complaints = { console: [], exceptions: [], foreign: [], violations: [] };
  page.on("console", (message) => {
    const text = message.text();
    if (text.startsWith(violationMark)) complaints.violations.push(text.slice(violationMark.length));
    else if (["error", "warning"].includes(message.type()))
      complaints.console.push(`${text} (${message.location().url})`);
  });
  page.on("pageerror", (error) => void complaints.exceptions.push(error.message));
  page.context().on("request", (request) => {
    if (!isOf(origin, request.url())) complaints.foreign.push(request.url());
  });
  page.on("websocket", (socket) => void complaints.foreign.push(socket.url()));
  return complaints;
}

function requestsOf(page: Page): Requests {
  const requests: Requests = { made: [], cancelled: [] };
  page.on("request", (request) => void requests.made.push(request.url()));
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText === "net::ERR_ABORTED") requests.cancelled.push(request.url());
  });
  return requests;
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
