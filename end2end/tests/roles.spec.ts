// Roles: letters for sections, as a matrix of checkboxes.

import { Card } from "./support/card";
import { Registry } from "./support/registry";
import { expect, reload, test, visit } from "./support/test";

test("a role is created with its matrix, edited, refused while it is used, and removed", async ({ page, api, tag }) => {
  const registry = new Registry(page, "roles");
  const card = new Card(page);
  const box = (name: string) => page.getByRole("checkbox", { name, exact: true });
  await registry.open({ q: tag });
  await registry.add.click();
  await expect(page).toHaveURL("/roles/new");
  await expect(page.getByRole("table", { name: "Permissions" }).getByRole("checkbox")).toHaveCount(16);
  await card.field("Name").fill(`${tag} Flow author`);
  await card.field("Description").fill("Writes flow schemas.");
  await box("Flow schemas: Read").check();
  await box("Flow schemas: Create").check();
  await box("Chat gateways: Read").check();
  await card.saved();
  await expect(page).toHaveURL(/\/roles\/\d+$/);
  await box("Flow schemas: Update").check();
  await card.saved();
  await reload(page);
  await expect(box("Flow schemas: Update")).toBeChecked();
  await expect(box("Flow schemas: Delete")).not.toBeChecked();
  await expect(box("Users: Read")).not.toBeChecked();

  const id = await api.roleId(`${tag} Flow author`);
  const user = await api.user(`${tag}.author`, "a first password", id);
  await registry.open({ q: tag });
  await registry.remove(`${tag} Flow author`).click();
  await registry.yes();
  await expect(page.getByText(new RegExp(`${tag}\\.author|user`)).filter({ hasText: /used|has|have/i }).first()).toBeVisible();
  await registry.shows(`${tag} Flow author`);
  await api.call("users/remove", { ids: [user.id] });
  await registry.remove(`${tag} Flow author`).click();
  await registry.yes();
  await expect(registry.row(`${tag} Flow author`)).toHaveCount(0);
});

test("another letter without Read is refused at the matrix", async ({ page, tag }) => {
  const card = new Card(page);
  await visit(page, "/roles/new");
  await card.field("Name").fill(`${tag} Odd`);
  await page.getByRole("checkbox", { name: "Users: Delete", exact: true }).check();
  await expect(page.getByText(/Grant “Read” in Users too/).first()).toBeVisible();
  await expect(card.save).toBeDisabled();
  await page.getByRole("checkbox", { name: "Users: Read", exact: true }).check();
  await expect(card.save).toBeEnabled();
});

test("the built-in roles are read-only and stay", async ({ page }) => {
  const registry = new Registry(page, "roles");
  await registry.open({ size: 1000 });
  for (const name of ["Administrator", "Operator", "Viewer"]) await expect(registry.row(name)).toBeVisible();
  await registry.link("Operator").click();
  await expect(page.getByRole("heading", { level: 1, name: "Operator" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Chat gateways: Update", exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Chat gateways: Update", exact: true })).toBeDisabled();
  await expect(new Card(page).field("Name")).not.toBeEditable();
});
