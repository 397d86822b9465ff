// Seed 1.5: pagination.

import { Registry } from "./support/registry";
import { expect, hydrated, reload, test } from "./support/test";

test("forward and backward switch pages and the text says where one is", async ({ page, api, tag }) => {
  await api.gateways(...[1, 2, 3, 4, 5].map((n) => `${tag} ${n}`));
  const registry = new Registry(page);
  await registry.open({ q: tag, size: 2 });
  await registry.shows(`${tag} 1`, `${tag} 2`);
  await expect(registry.range("1–2 of 5")).toBeVisible();
  await expect(registry.previous).toBeDisabled();
  await registry.next.click();
  await registry.shows(`${tag} 3`, `${tag} 4`);
  await expect(registry.range("3–4 of 5")).toBeVisible();
  await registry.next.click();
  await registry.shows(`${tag} 5`);
  await expect(registry.range("5–5 of 5")).toBeVisible();
  await expect(registry.next).toBeDisabled();

  await reload(page);
  await registry.shows(`${tag} 5`);
  await page.goBack();
  await registry.shows(`${tag} 3`, `${tag} 4`);
  await page.goForward();
  await registry.shows(`${tag} 5`);
  await registry.previous.click();
  await registry.shows(`${tag} 3`, `${tag} 4`);
  await registry.previous.click();
  await registry.shows(`${tag} 1`, `${tag} 2`);
  await expect(registry.previous).toBeDisabled();
});

test("rows per page can be set from 1 to 1000 and a wrong number is refused with the reason", async ({ page, api, tag }) => {
  await api.gateways(`${tag} 1`, `${tag} 2`, `${tag} 3`);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.size).toHaveAttribute("min", "1");
  await expect(registry.size).toHaveAttribute("max", "1000");
  for (const [size, rows] of [["1", 1], ["2", 2], ["1000", 3]] as const) {
    await registry.size.fill(size);
    await registry.size.press("Enter");
    await expect(registry.table.getByRole("row")).toHaveCount(rows + 1);
    await expect(page).toHaveURL((url) => url.searchParams.get("size") === size);
  }
  for (const wrong of ["0", "1001", ""]) {
    await registry.size.fill(wrong);
    await registry.size.press("Enter");
    await expect(page.getByText(/whole number from 1 to 1000/).filter({ visible: true }).first()).toBeVisible();
    await expect(page).toHaveURL((url) => url.searchParams.get("size") === "1000");
    await expect(registry.table.getByRole("row")).toHaveCount(4);
  }
});

test("a page that was sorted, searched and turned is the same after leaving it and coming back", async ({ page, api, tag }) => {
  await api.gateways(`${tag} a`, `${tag} b`, `${tag} c`);
  const registry = new Registry(page);
  await registry.open({ q: tag, sort: "-name", size: 1 });
  await registry.next.click();
  await registry.shows(`${tag} b`);
  await registry.link(`${tag} b`).click();
  await expect(page).toHaveURL(/\/chat-gateways\/\d+\/general/);
  await page.goBack();
  await hydrated(page);
  await registry.shows(`${tag} b`);
  await expect(registry.search).toHaveValue(tag);
  await expect(registry.size).toHaveValue("1");
  await expect(registry.column("Name")).toHaveAttribute("aria-sort", "descending");
});
