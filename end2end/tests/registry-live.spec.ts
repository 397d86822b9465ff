// Seed 1.3, and what other administrators do meanwhile.

import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

test("Refresh loads the rows again and keeps search, order, page, selection and focus", async ({ page, api, tag }) => {
  const [, second] = await api.gateways(`${tag} a`, `${tag} b`, `${tag} c`, `${tag} d`);
  const registry = new Registry(page);
  await registry.open({ q: tag, sort: "-name", size: 2 });
  await registry.next.click();
  await registry.shows(`${tag} b`, `${tag} a`);
  await registry.checkbox(`${tag} a`).check();
  const address = page.url();
  const answer = page.waitForResponse("**/api/gateways/list");
  await api.updateGateway(second?.id ?? 0, { name: `${tag} bb` });
  await registry.refresh.click();
  await answer;
  await registry.shows(`${tag} bb`, `${tag} a`);
  await expect(registry.refresh).toBeFocused();
  await expect(registry.checkbox(`${tag} a`)).toBeChecked();
  await expect(registry.search).toHaveValue(tag);
  expect(page.url()).toBe(address);
});

test("a change by somebody else appears in its row, without moving it and without losing the selection", async ({ page, open, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  await api.gateway({ name: `${tag} a`, flow: flow.id });
  await api.gateway({ name: `${tag} b`, flow: flow.id });
  const registry = new Registry(page);
  await registry.openListening({ q: tag, sort: "name" });
  await registry.checkbox(`${tag} b`).check();

  const other = new Registry(await open("operator"));
  await other.open({ q: tag });
  await other.toggle(`${tag} b`).click();
  await expect(other.toggle(`${tag} b`)).toHaveAttribute("aria-checked", "true");
  await expect(registry.toggle(`${tag} b`)).toHaveAttribute("aria-checked", "true");
  await expect(registry.checkbox(`${tag} b`)).toBeChecked();
  await registry.shows(`${tag} a`, `${tag} b`);
});

test("a name that somebody else changed appears in place", async ({ page, api, tag }) => {
  const [first] = await api.gateways(`${tag} a`, `${tag} b`);
  const registry = new Registry(page);
  await registry.openListening({ q: tag, sort: "name" });
  await registry.checkbox(`${tag} a`).check();
  await api.updateGateway(first?.id ?? 0, { name: `${tag} zz` });
  await registry.shows(`${tag} zz`, `${tag} b`);
  await expect(registry.checkbox(`${tag} zz`)).toBeChecked();
});

test("a gateway that somebody else removed is shown as gone or leaves, and its selection with it", async ({ page, api, tag }) => {
  const [first] = await api.gateways(`${tag} a`, `${tag} b`);
  const registry = new Registry(page);
  await registry.openListening({ q: tag });
  await registry.checkbox(`${tag} a`).check();
  await api.removeGateways(first?.id ?? 0);
  await expect(registry.deleteSelected).toHaveCount(0);
  await registry.refresh.click();
  await registry.shows(`${tag} b`);
});

test("an error of the server is told with a request id and “Try again” repairs the page", async ({ page, api, tag, guard }) => {
  guard.allowStatus(500);
  await api.gateway({ name: `${tag} a` });
  const registry = new Registry(page);
  await registry.open({ q: `${tag} x` });
  const error = { code: "internal", status: 500, message: "The database failed.", fields: {}, request_id: "01ABCDEF", retry_after: null };
  await page.route("**/api/gateways/list", (route) => route.fulfill({ status: 500, json: error }));
  await registry.search.fill(tag);
  await registry.search.press("Enter");
  await expect(page.getByText("The database failed.")).toBeVisible();
  await expect(page.getByText("01ABCDEF")).toBeVisible();
  await page.unroute("**/api/gateways/list");
  await page.getByRole("button", { name: "Try again" }).click();
  await registry.shows(`${tag} a`);
});

test("without a connection the registry says so and keeps what it shows", async ({ page, context, api, tag, guard }) => {
  guard.allowOffline();
  await api.gateway({ name: `${tag} a` });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await context.setOffline(true);
  await registry.refresh.click();
  await expect(page.getByText(/server did not answer/i).first()).toBeVisible();
  await context.setOffline(false);
  const again = page.getByRole("button", { name: "Try again" });
  await again.or(registry.refresh).first().click();
  await registry.shows(`${tag} a`);
});
