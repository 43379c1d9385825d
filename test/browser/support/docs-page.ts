import type { Locator, Page } from "playwright-core";
import { z } from "zod";

const descriptionSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** The documentation as a person uses it. */
export class DocsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The list of the operations, beside the text. */
  get menu(): Locator {
    return this.#page.getByRole("complementary", { name: "Sidebar for Tagline" }).locator("visible=true");
  }

  /** Where requests are put together and sent. */
  get client(): Locator {
    return this.#page.getByRole("dialog", { name: "API Client" });
  }

  /** The part of the text that an operation has, such as `GET /v1/media`. */
  section(operation: string): Locator {
    return this.#page.locator(`section[id$="/${operation.replace(" ", "")}"]`);
  }

  /** Opens all groups of the menu, and gives the operations that it then lists. */
  async listed(): Promise<string[]> {
    const closed = this.menu.getByRole("button", { name: /^Open Group/ });
    await this.menu.getByRole("link", { name: "List media objects" }).waitFor();
    while ((await closed.count()) > 0) await closed.first().click();
    const links = this.menu.getByRole("link");
    const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    return targets
      .map((target) => /^#tag\/[^/]+\/([A-Z]+)(\/.*)$/.exec(target))
      .filter((match) => match !== null)
      .map(([, method, path]) => `${method} ${path}`);
  }

  /** Follows a link of the menu to an operation, and waits until the text has it. */
  async open(operation: string): Promise<void> {
    await this.menu.locator(`a[href$="/${operation.replace(" ", "")}"]`).click();
    await this.section(operation).getByRole("heading").first().waitFor();
  }

  /** Opens the client for an operation that the text shows. */
  async try(operation: string): Promise<void> {
    await this.section(operation)
      .getByRole("button", { name: /^Test Request/ })
      .click();
    await this.#sendButton.waitFor();
  }

  /** Puts a key into the client. */
  async giveKey(key: string): Promise<void> {
    await this.#keyField.fill(key);
  }

  /** The key that the client has. */
  key(): Promise<string> {
    return this.#keyField.inputValue();
  }

  /** Fills in the value of a parameter. */
  async fillIn(name: string, value: string): Promise<void> {
    const row = this.client.getByRole("row").filter({ has: this.#page.getByText(name, { exact: true }) });
    await row.getByRole("combobox", { name: "Value" }).fill(value);
  }

  /** Chooses a file for the first field of a form. */
  async choose(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const chooser = this.#page.waitForEvent("filechooser");
    await this.client.getByRole("button", { name: "Select File" }).first().click();
    await (await chooser).setFiles(file);
  }

  /** Sends what the client has put together, and gives the status that the page shows. */
  async send(): Promise<string> {
    await this.#sendButton.click();
    const shown = await this.client.getByText(/^\d{3} [A-Z][\w ]*$/).textContent();
    return shown?.trim() ?? "";
  }

  /** The body of the answer, as the page shows it. */
  body(): Promise<string> {
    return this.client.locator(".cm-content").last().innerText();
  }

  get #keyField(): Locator {
    return this.client.getByRole("textbox", { name: "Value", exact: true });
  }

  get #sendButton(): Locator {
    return this.client.getByRole("button", { name: /^Send \w+ request to/ });
  }
}

/** The operations of a description, such as `GET /v1/media`. */
export function operationsIn(description: unknown): string[] {
  const { paths } = descriptionSchema.parse(description);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}
