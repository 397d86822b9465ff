// Seed 1.4.8 and 2.2: the removal of one entry.

import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

test("No, the cross and Escape delete nothing and give the focus back; Yes deletes", async ({ page, api, tag }) => {
  const name = `${tag} Alpha`;
  await api.gateway({ name });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  const button = (label: string) => registry.dialog.getByRole("button", { name: label, exact: true });
  await registry.remove(name).click();
  await expect(registry.dialog).toContainText(name);
  await button("No").click();
  await expect(registry.remove(name)).toBeFocused();
  await registry.remove(name).click();
  await button("Close").click();
  await expect(registry.remove(name)).toBeFocused();
  await registry.remove(name).click();
  await expect(registry.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(registry.dialog).toBeHidden();
  await expect(registry.remove(name)).toBeFocused();
  expect(await api.namesOfGateways(tag)).toEqual([name]);

  await registry.remove(name).click();
  await button("Yes").click();
  await expect(registry.dialog).toBeHidden();
  await expect(registry.row(name)).toHaveCount(0);
  await expect(registry.status.filter({ hasText: /deleted/ }).first()).toBeVisible();
  expect(await api.namesOfGateways(tag)).toEqual([]);
});

test("after a removal the focus is on the next row", async ({ page, api, tag }) => {
  await api.gateways(`${tag} 1`, `${tag} 2`, `${tag} 3`);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.remove(`${tag} 2`).click();
  await registry.yes();
  await registry.shows(`${tag} 1`, `${tag} 3`);
  await expect(registry.row(`${tag} 3`).locator(":focus")).toHaveCount(1);
  await registry.remove(`${tag} 3`).click();
  await registry.yes();
  await registry.shows(`${tag} 1`);
  await expect(registry.row(`${tag} 1`).locator(":focus"), "or on the last one").toHaveCount(1);
});

test("when the last row of a page is deleted, the previous page is shown", async ({ page, api, tag }) => {
  await api.gateways(`${tag} 1`, `${tag} 2`, `${tag} 3`);
  const registry = new Registry(page);
  await registry.open({ q: tag, size: 2 });
  await registry.next.click();
  await registry.shows(`${tag} 3`);
  await registry.remove(`${tag} 3`).click();
  await registry.yes();
  await registry.shows(`${tag} 1`, `${tag} 2`);
  await expect(registry.range("1–2 of 2")).toBeVisible();
});

test("a removal that the server doesn't answer says so and keeps the row", async ({ page, api, tag, guard }) => {
  guard.allowOffline();
  const name = `${tag} Alpha`;
  await api.gateway({ name });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await page.route("**/api/gateways/remove", (route) => route.abort("connectionfailed"));
  await registry.remove(name).click();
  await registry.yes();
  await expect(page.getByText(/server did not answer/i).first()).toBeVisible();
  await expect(registry.row(name)).toBeVisible();
});
