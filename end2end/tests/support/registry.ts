// The registry of a section, by the roles and names of its parts.

import { expect, type Locator, type Page } from "@playwright/test";
import { visit } from "./test";

export type Section = "chat-gateways" | "flows" | "users" | "roles";
export type Query = { q?: string; sort?: string; size?: number | string };

const headings: Record<Section, string> = {
  "chat-gateways": "Chat gateways",
  flows: "Flow schemas",
  users: "Users",
  roles: "Roles",
};

export class Registry {
  readonly heading: Locator;
  readonly table: Locator;
  readonly add: Locator;
  readonly search: Locator;
  readonly clear: Locator;
  readonly refresh: Locator;
  readonly size: Locator;
  readonly previous: Locator;
  readonly next: Locator;
  readonly selectAll: Locator;
  readonly deleteSelected: Locator;
  readonly dialog: Locator;
  readonly status: Locator;

  constructor(
    readonly page: Page,
    readonly section: Section = "chat-gateways",
  ) {
    const name = headings[section];
    this.heading = page.getByRole("heading", { level: 1, name, exact: true });
    this.table = page.getByRole("table", { name, exact: true });
    this.add = page.getByRole("button", { name: "Add", exact: true }).first();
    this.search = page.getByRole("searchbox", { name: "Search" });
    this.clear = page.getByRole("search").getByRole("button", { name: "Clear search" });
    this.refresh = page.getByRole("button", { name: "Refresh", exact: true });
    this.size = page.getByRole("spinbutton", { name: "Rows per page" });
    this.previous = page.getByRole("button", { name: "Previous page" });
    this.next = page.getByRole("button", { name: "Next page" });
    this.selectAll = this.table.getByRole("checkbox", { name: "Select all on this page" });
    this.deleteSelected = page.getByRole("button", { name: /^Delete selected \(\d[\d,]*\)$/ });
    this.dialog = page.getByRole("dialog", { name: "Confirm deletion" });
    this.status = page.getByRole("status");
  }

  async open(query: Query = {}): Promise<void> {
    await visit(this.page, this.address(query));
    await expect(this.heading).toBeVisible();
  }

  /** Opens the registry and waits until it hears of changes too. */
  async openListening(query: Query = {}): Promise<void> {
    const listening = this.page.waitForResponse("**/events");
    await this.open(query);
    await listening;
  }

  address(query: Query = {}): string {
    const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return `/${this.section}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
  }

  row(name: string): Locator {
    return this.table.getByRole("row").filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  link(name: string): Locator {
    return this.table.getByRole("link", { name, exact: true });
  }

  checkbox(name: string): Locator {
    return this.table.getByRole("checkbox", { name: `Select ${name}`, exact: true });
  }

  toggle(name: string): Locator {
    return this.table.getByRole("switch", { name: `Enable ${name}`, exact: true });
  }

  /** The health beside the State switch. */
  health(name: string): Locator {
    return this.row(name).getByRole("link", { name: /^Health:/ });
  }

  edit(name: string): Locator {
    return this.table.getByRole("link", { name: `Edit ${name}`, exact: true });
  }

  remove(name: string): Locator {
    return this.table.getByRole("button", { name: `Delete ${name}`, exact: true });
  }

  column(name: string): Locator {
    return this.table.getByRole("columnheader", { name, exact: true });
  }

  async sortBy(name: string): Promise<void> {
    await this.column(name).getByRole("link").click();
  }

  range(text: string): Locator {
    return this.page.getByRole("navigation", { name: "Pagination" }).getByText(text, { exact: true });
  }

  async yes(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Yes", exact: true }).click();
  }

  /** Types a search and waits until the page shows its answer. */
  async searchFor(text: string): Promise<void> {
    await this.search.fill(text);
    await this.search.press("Enter");
    await expect(this.page).toHaveURL((url) => (url.searchParams.get("q") ?? "") === text);
  }

  /** Expects these names, in this order, and no other rows. */
  async shows(...names: string[]): Promise<void> {
    await expect.poll(() => this.names(), { message: "the names in the registry" }).toEqual(names);
  }

  /** The names of the rows as they stand. */
  names(): Promise<string[]> {
    return this.table
      .getByRole("row")
      .evaluateAll((rows) =>
        rows.slice(1).map((row) => row.querySelector(".registry-name, td:nth-child(2) a")?.textContent?.trim() ?? ""),
      );
  }
}
