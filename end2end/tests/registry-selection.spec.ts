// Seed 1.4.1: the checkboxes and the removal of several entries.

import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

test("a selection brings up a removal tool with the number, and Yes deletes the entries", async ({ page, api, tag }) => {
  await api.gateways(`${tag} 1`, `${tag} 2`, `${tag} 3`);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.deleteSelected).toHaveCount(0);
  await registry.checkbox(`${tag} 1`).check();
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (1)");
  await registry.deleteSelected.hover();
  await expect(registry.deleteSelected).toHaveAttribute("data-tip", "1 selected for deletion");
  await registry.checkbox(`${tag} 3`).check();
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (2)");
  await expect(registry.deleteSelected).toHaveAttribute("data-tip", "2 selected for deletion");

  await registry.deleteSelected.click();
  await expect(registry.dialog).toContainText("2");
  await expect(registry.dialog).toContainText(`${tag} 1`);
  for (const name of ["Yes", "No", "Close"]) {
    await expect(registry.dialog.getByRole("button", { name, exact: true })).toHaveCount(1);
  }
  await registry.dialog.getByRole("button", { name: "No", exact: true }).click();
  await expect(registry.dialog).toBeHidden();
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (2)");
  await registry.shows(`${tag} 1`, `${tag} 2`, `${tag} 3`);

  await registry.deleteSelected.click();
  await registry.dialog.getByRole("button", { name: "Close", exact: true }).click();
  await registry.deleteSelected.click();
  await expect(registry.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(registry.dialog).toBeHidden();
  expect(await api.namesOfGateways(tag)).toHaveLength(3);

  await registry.deleteSelected.click();
  await registry.yes();
  await registry.shows(`${tag} 2`);
  await expect(registry.deleteSelected).toHaveCount(0);
  await expect(registry.status.filter({ hasText: /2 .*deleted/ }).first()).toBeVisible();
  expect(await api.namesOfGateways(tag)).toEqual([`${tag} 2`]);
});

test("the header's checkbox selects the page, and stands between when only a part is selected", async ({ page, api, tag }) => {
  await api.gateways(`${tag} 1`, `${tag} 2`, `${tag} 3`);
  const registry = new Registry(page);
  await registry.open({ q: tag, size: 2 });
  const mixed = () => registry.selectAll.evaluate((box: HTMLInputElement) => box.indeterminate);
  await registry.selectAll.check();
  await expect(registry.checkbox(`${tag} 1`)).toBeChecked();
  await expect(registry.checkbox(`${tag} 2`)).toBeChecked();
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (2)");
  await registry.checkbox(`${tag} 1`).uncheck();
  await expect.poll(mixed).toBe(true);
  await registry.selectAll.click();
  await expect(registry.selectAll).toBeChecked();
  await expect.poll(mixed).toBe(false);
  await registry.selectAll.uncheck();
  await expect(registry.checkbox(`${tag} 2`)).not.toBeChecked();
  await expect(registry.deleteSelected).toHaveCount(0);
});

test("a selection survives paging, sorting and refresh, and a new search empties it", async ({ page, api, tag }) => {
  await api.gateways(`${tag} 1`, `${tag} 2`, `${tag} 3`);
  const registry = new Registry(page);
  await registry.open({ q: tag, size: 2 });
  await registry.checkbox(`${tag} 2`).check();
  await registry.next.click();
  await registry.shows(`${tag} 3`);
  await registry.checkbox(`${tag} 3`).check();
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (2)");
  await registry.previous.click();
  await registry.shows(`${tag} 1`, `${tag} 2`);
  await expect(registry.checkbox(`${tag} 2`)).toBeChecked();
  await registry.sortBy("Name");
  await expect(registry.column("Name")).toHaveAttribute("aria-sort", "ascending");
  await expect(registry.checkbox(`${tag} 2`)).toBeChecked();
  await registry.refresh.click();
  await expect(registry.checkbox(`${tag} 2`)).toBeChecked();
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (2)");
  await registry.searchFor(`${tag} 2`);
  await registry.shows(`${tag} 2`);
  await expect(registry.checkbox(`${tag} 2`)).not.toBeChecked();
  await expect(registry.deleteSelected).toHaveCount(0);
});

test("a click with Shift takes the whole range, upwards too", async ({ page, api, tag }) => {
  await api.gateways(...[1, 2, 3, 4, 5].map((n) => `${tag} ${n}`));
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.checkbox(`${tag} 2`).click();
  await registry.checkbox(`${tag} 4`).click({ modifiers: ["Shift"] });
  await expect(registry.deleteSelected).toHaveAccessibleName("Delete selected (3)");
  for (const n of [2, 3, 4]) await expect(registry.checkbox(`${tag} ${n}`)).toBeChecked();
  await registry.checkbox(`${tag} 1`).click({ modifiers: ["Shift"] });
  await expect(registry.checkbox(`${tag} 1`)).toBeChecked();
  await expect(registry.checkbox(`${tag} 5`)).not.toBeChecked();
});

test("what was removed by somebody else meanwhile is named, and the rest is deleted", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} used`);
  await api.flow(`${tag} free`);
  await api.gateway({ name: `${tag} gateway`, flow: flow.id });
  const registry = new Registry(page, "flows");
  await registry.open({ q: tag });
  await registry.selectAll.check();
  await registry.deleteSelected.click();
  await registry.yes();
  await registry.shows(`${tag} used`);
  await expect(page.getByText(new RegExp(`used by “${tag} gateway”`)).first()).toBeVisible();
});
