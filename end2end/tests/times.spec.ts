// Times: relative for people, exact in a tooltip.

import { Registry } from "./support/registry";
import { expect, test, visit } from "./support/test";

test("times are relative and carry the exact moment", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const registry = new Registry(page, "flows");
  await registry.open({ q: tag });
  const time = registry.row(`${tag} flow`).getByRole("time");
  await expect(time).toHaveText("just now");
  await expect(time).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  await expect(time.or(registry.row(`${tag} flow`).locator("[data-tip]:has(time)")).first()).toHaveAttribute("title", / UTC$/);
  await visit(page, `/flows/${flow.id}/general`);
  await expect(page.getByRole("main").getByRole("time").first()).toHaveText("just now");
});
