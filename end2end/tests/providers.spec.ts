// Seed 2.1, 2.2, 2.4: every messenger is created, edited on each of its tabs, and removed.

import { expect, type Page } from "@playwright/test";
import { Card } from "./support/card";
import { providers, type Entry, type TabOf } from "./support/providers";
import { Registry } from "./support/registry";
import { reload, test } from "./support/test";

type Turn = "first" | "later";

async function fill(card: Card, entry: Entry, turn: Turn): Promise<void> {
  if (entry.kind === "switch") {
    await card.page.getByRole("switch", { name: entry.label, exact: true }).setChecked(entry[turn]);
  } else if (entry.kind === "choice") {
    await card.field(entry.label).selectOption({ label: entry[turn] });
  } else {
    await card.field(entry.label).fill(entry[turn]);
  }
}

/** Expects what was saved; a secret is never shown again. */
async function holds(card: Card, entry: Entry, turn: Turn): Promise<void> {
  if (entry.kind === "secret") {
    await expect(card.field(entry.label)).toHaveCount(0);
  } else if (entry.kind === "switch") {
    await expect(card.page.getByRole("switch", { name: entry.label, exact: true })).toBeChecked({ checked: entry[turn] });
  } else if (entry.kind === "choice") {
    await expect(card.field(entry.label).locator("option:checked")).toHaveText(entry[turn]);
  } else {
    const kept = turn === "first" ? (entry.kept ?? entry.first) : entry.later;
    await expect(card.field(entry.label)).toHaveValue(kept);
  }
}

async function fillTab(card: Card, tab: TabOf, turn: Turn): Promise<void> {
  await card.openTab(tab.name);
  const replace = card.page.getByRole("button", { name: /^Replace/ }).filter({ visible: true });
  // Each click takes one button away.
  while ((await replace.count()) > 0) await replace.first().click();
  for (const entry of tab.entries) await fill(card, entry, turn);
}

async function checkTabs(card: Card, tabs: TabOf[], turn: Turn): Promise<void> {
  for (const tab of tabs) {
    await card.openTab(tab.name);
    await expect(card.page).toHaveURL(new RegExp(`/${tab.segment}$`));
    for (const entry of tab.entries) await holds(card, entry, turn);
  }
}

async function create(page: Page, label: string): Promise<void> {
  const registry = new Registry(page);
  await registry.open();
  await registry.add.click();
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  await dialog.getByRole("radio", { name: label, exact: true }).check();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
}

for (const provider of providers) {
  test(`${provider.label} is created, edited on all its tabs and removed`, async ({ page, api, tag }) => {
    test.slow();
    const flow = await api.flow(`${tag} flow`);
    const card = new Card(page);
    const name = `${tag} ${provider.label}`;
    const before = provider.tabs.filter((tab) => !tab.savedOnly);

    await create(page, provider.label);
    await expect(page).toHaveURL(`/chat-gateways/new/${provider.code}/general`);
    await expect(page.getByText(provider.label, { exact: true }).first()).toBeVisible();
    for (const tab of provider.tabs) await expect(card.tab(tab.name)).toHaveCount(tab.savedOnly ? 0 : 1);
    await card.field("Name").fill(name);
    const shown = provider.code !== "telegram_app";
    if (shown) await expect(card.field("URI")).toHaveValue(/^\/[a-z]{28,}$/);
    for (const tab of before) {
      await fillTab(card, tab, "first");
      if (tab.name === (provider.flowTab ?? "General")) await card.chooseFlow(flow.fields.name);
    }
    await card.saved();
    await expect(page).toHaveURL(new RegExp(`/chat-gateways/\\d+/${before.at(-1)?.segment}$`));
    await expect(card.heading).toHaveText(name);
    for (const tab of provider.tabs) await expect(card.tab(tab.name)).toHaveCount(1);

    await reload(page);
    await checkTabs(card, before, "first");
    await card.openTab("General");
    await expect(card.field("Name")).toHaveValue(name);

    const saved = `${name} edited`;
    await card.field("Name").fill(saved);
    for (const tab of provider.tabs) await fillTab(card, tab, "later");
    await card.saved();
    await reload(page);
    await checkTabs(card, provider.tabs, "later");

    const registry = new Registry(page);
    await registry.open({ q: tag });
    await registry.shows(saved);
    await expect(registry.row(saved).getByRole("img", { name: provider.label })).toBeVisible();
    await registry.toggle(saved).click();
    await expect(registry.toggle(saved), "it is complete, so it can be enabled").toHaveAttribute("aria-checked", "true");
    await registry.remove(saved).click();
    await registry.yes();
    await expect(registry.row(saved)).toHaveCount(0);
    expect(await api.namesOfGateways(tag)).toEqual([]);
  });
}
