// A thousand rows on one page.

import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

// A trace would copy the whole page before and after each step.
test.use({ trace: "off" });

test("a thousand rows are shown, selected with one click and deleted at once", async ({ page, api, tag }) => {
  test.setTimeout(150_000);
  const names = Array.from({ length: 1_000 }, (_, n) => `${tag} ${String(n).padStart(4, "0")}`);
  const queue = [...names];
  const worker = async () => {
    for (let name = queue.pop(); name; name = queue.pop()) await api.gateway({ name });
  };
  await Promise.all(Array.from({ length: 4 }, worker));

  const registry = new Registry(page);
  await page.goto(registry.address({ q: tag, sort: "name", size: 1000 }), { timeout: 60_000 });
  await page.locator("[data-hydrated]").first().waitFor({ state: "attached", timeout: 60_000 });
  // Roles are looked for in small parts of the page only: computing the names of a thousand rows would be most of the time.
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(1_000);
  await expect(page.locator(".pagination").getByText("1–1,000 of 1,000")).toBeVisible();
  await page.locator("thead").getByRole("checkbox", { name: "Select all on this page" }).check({ timeout: 30_000 });
  await expect(rows.last().getByRole("checkbox")).toBeChecked();
  await page.locator(".toolbar").getByRole("button", { name: /^Delete selected \(1,?000\)$/ }).click();
  await page.locator("dialog[open]").getByRole("button", { name: "Yes", exact: true }).click();
  // Each failed look of an expectation would describe the whole page for its message.
  await page.locator(".empty").getByText("Nothing matches").waitFor({ timeout: 60_000 });
  expect(await api.namesOfGateways(tag)).toEqual([]);
});
