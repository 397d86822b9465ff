// A card: its form over several tabs, by labels.

import { expect, type Locator, type Page } from "@playwright/test";
import { literal, visit } from "./test";

export class Card {
  readonly save: Locator;
  readonly close: Locator;
  readonly status: Locator;
  readonly breadcrumb: Locator;
  readonly heading: Locator;
  readonly flow: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole("main");
    this.save = main.getByRole("button", { name: "Save", exact: true });
    this.close = main.getByRole("link", { name: "Close", exact: true }).or(main.getByRole("button", { name: "Close", exact: true }));
    this.status = page.getByRole("status");
    this.breadcrumb = page.getByRole("navigation", { name: "Breadcrumb" });
    this.heading = page.getByRole("heading", { level: 1 });
    this.flow = page.getByRole("combobox", { name: "Flow", exact: true });
  }

  async open(id: number, tab = "general"): Promise<void> {
    await visit(this.page, `/chat-gateways/${id}/${tab}`);
  }

  async openNew(provider: string): Promise<void> {
    await visit(this.page, `/chat-gateways/new/${provider}`);
    await expect(this.page).toHaveURL(`/chat-gateways/new/${provider}/general`);
  }

  /** The tab with a name; behind it may stand how much needs attention, or that it has errors. */
  tab(name: string): Locator {
    const mark = "(\\s+\\d+\\+? needs? attention|\\s+has errors)?";
    return this.page.getByRole("main").getByRole("link", { name: new RegExp(`^${literal(name)}${mark}$`) });
  }

  async openTab(name: string): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute("aria-current", "page");
  }

  /** The control with a label, whatever kind it is; a required one has a star in its label. */
  field(label: string): Locator {
    return this.page.getByLabel(new RegExp(`^\\s*${literal(label)}\\s*\\*?\\s*$`)).filter({ visible: true });
  }

  /** What a field says is wrong with it. */
  async problem(label: string): Promise<string> {
    return (await this.field(label).evaluate((input) => {
      const ids = (input.getAttribute("aria-describedby") ?? "").split(/\s+/);
      return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    }));
  }

  async expectProblem(label: string, text: RegExp): Promise<void> {
    await expect(this.field(label)).toHaveAttribute("aria-invalid", "true");
    await expect.poll(() => this.problem(label)).toMatch(text);
  }

  /** What the field of the flow offers; other fields of a card have options, too. */
  get flowOptions(): Locator {
    return this.page.getByRole("listbox", { name: "Flow" }).getByRole("option");
  }

  async chooseFlow(name: string): Promise<void> {
    await this.flow.fill(name);
    await this.page.getByRole("option", { name, exact: true }).click();
    await expect(this.flow).toHaveValue(name);
  }

  /** What stands beside the form about the gateway's health. */
  get health(): Locator {
    return this.page.getByRole("region", { name: "Health" });
  }

  /** Saves, and waits until the card says so. */
  async saved(): Promise<void> {
    await expect(this.save).toBeEnabled();
    // The word of a save before may still be there.
    const answer = this.page.waitForResponse((it) => /\/api\/\w+\/(create|update)$/.test(it.url()));
    await this.save.click();
    expect((await answer).status()).toBe(200);
    await this.saidSaved();
  }

  async saidSaved(): Promise<void> {
    await expect(this.status.filter({ hasText: "Saved" }).first()).toBeVisible();
    await expect(this.save).toBeDisabled();
  }
}
