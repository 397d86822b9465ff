// Seed 1.1: the creation tool.

import { providers } from "./support/providers";
import { Registry } from "./support/registry";
import { expect, hydrated, test } from "./support/test";

test("Add offers the seven messengers in their order, the first one chosen, with emblem and a line of help", async ({ page }) => {
  const registry = new Registry(page);
  await registry.open();
  await registry.add.click();
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  await expect(dialog.getByRole("radiogroup")).toBeVisible();
  const radios = dialog.getByRole("radio");
  await expect(radios).toHaveCount(7);
  for (const [index, provider] of providers.entries()) {
    await expect(radios.nth(index)).toHaveAccessibleName(provider.label);
    await expect(radios.nth(index)).toHaveAccessibleDescription(/\w/);
  }
  await expect(radios.first()).toBeChecked();
  await expect(dialog.locator("img.emblem")).toHaveCount(7);
  await expect(dialog.getByRole("button", { name: "Create", exact: true })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Close", exact: true })).toHaveCount(1);
});

test("Create opens the first tab of the chosen messenger, and no row exists before Save", async ({ page, api, tag }) => {
  const registry = new Registry(page);
  await registry.open({ q: tag });
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  for (const provider of providers) {
    await registry.add.click();
    await dialog.getByRole("radio", { name: provider.label, exact: true }).check();
    await dialog.getByRole("button", { name: "Create", exact: true }).click();
    await expect(page).toHaveURL(`/chat-gateways/new/${provider.code}/general`);
    await expect(page.getByRole("main").getByRole("link", { name: "General", exact: true })).toHaveAttribute("aria-current", "page");
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
    await page.goBack();
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === tag);
    await hydrated(page);
  }
  expect(await api.namesOfGateways(tag)).toEqual([]);
});

test("Close and Escape leave the dialog without creating anything and give the focus back to Add", async ({ page }) => {
  const registry = new Registry(page);
  await registry.open();
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  await registry.add.click();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(registry.add).toBeFocused();
  await registry.add.click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(registry.add).toBeFocused();
  await expect(page).toHaveURL("/chat-gateways");
});
