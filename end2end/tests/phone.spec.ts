// A phone: 390 pixels wide, touched. That no page scrolls sideways is checked with accessibility.

import { Card } from "./support/card";
import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test("a gateway is created, enabled, edited and deleted on a phone", async ({ page, api, tag }) => {
  await api.flow(`${tag} flow`);
  const registry = new Registry(page);
  const card = new Card(page);
  const name = `${tag} Alpha`;
  await registry.open({ q: tag });
  await registry.add.tap();
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  await dialog.getByText("Viber", { exact: true }).tap();
  await dialog.getByRole("button", { name: "Create", exact: true }).tap();
  await card.field("Name").fill(name);
  await card.chooseFlow(`${tag} flow`);
  await card.field("Token").fill("viber-token");
  await card.tab("Style").tap();
  await card.field("Button font color").fill("#00ff00");
  await card.saved();
  await registry.open({ q: tag });
  await registry.toggle(name).tap();
  await expect(registry.toggle(name)).toHaveAttribute("aria-checked", "true");
  await registry.edit(name).tap();
  await card.field("Name").fill(`${name} 2`);
  await card.saved();
  await registry.open({ q: tag });
  await registry.checkbox(`${name} 2`).tap();
  await registry.deleteSelected.tap();
  await registry.dialog.getByRole("button", { name: "Yes", exact: true }).tap();
  await expect(registry.row(`${name} 2`)).toHaveCount(0);
});

test("the navigation and the account's menu can be reached on a phone", async ({ page }) => {
  await new Registry(page).open();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Flow schemas" }).tap();
  await expect(new Registry(page, "flows").heading).toBeVisible();
  await page.getByRole("button", { name: /admin/ }).tap();
  await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeInViewport();
});
