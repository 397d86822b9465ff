// Seed 1.4.6 and 2.5: the State switch.

import { Registry } from "./support/registry";
import { expect, reload, test } from "./support/test";

test("the switch enables and disables a gateway", async ({ page, api, tag }) => {
  const name = `${tag} Alpha`;
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name, flow: flow.id });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  const toggle = registry.toggle(name);
  await expect(toggle).toHaveAttribute("aria-checked", "false");
  await toggle.click();
  await expect(toggle).toHaveAttribute("aria-checked", "true");
  await expect.poll(async () => (await api.getGateway(gateway.id)).enabled).toBe(true);
  await reload(page);
  await expect(toggle).toHaveAttribute("aria-checked", "true");
  await toggle.focus();
  await page.keyboard.press("Space");
  await expect(toggle).toHaveAttribute("aria-checked", "false");
  await expect(toggle).toBeFocused();
  await expect.poll(async () => (await api.getGateway(gateway.id)).enabled).toBe(false);
});

test("a gateway that is not complete is not enabled, and the reason is said", async ({ page, api, tag, guard }) => {
  guard.allowStatus(409, 422);
  const name = `${tag} Alpha`;
  await api.gateway({ name });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.toggle(name).click();
  await expect(page.getByText(/Choose a flow schema first/).first()).toBeVisible();
  await expect(registry.toggle(name)).toHaveAttribute("aria-checked", "false");
});

test("the switch is inert while it is under way, and goes back when the server doesn't answer", async ({ page, api, tag, guard }) => {
  guard.allowOffline();
  const name = `${tag} Alpha`;
  const flow = await api.flow(`${tag} flow`);
  await api.gateway({ name, flow: flow.id });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let calls = 0;
  await page.route("**/api/gateways/set_enabled", async (route) => {
    calls += 1;
    await held;
    await route.abort("connectionfailed");
  });
  const toggle = registry.toggle(name);
  await toggle.click();
  await expect(toggle, "it switches at once").toHaveAttribute("aria-checked", "true");
  await toggle.dispatchEvent("click");
  release();
  await expect(toggle).toHaveAttribute("aria-checked", "false");
  await expect(page.getByText(/server did not answer/i).first()).toBeVisible();
  expect(calls).toBe(1);
});

test("the health beside the switch says what it means", async ({ page, api, tag }) => {
  const name = `${tag} Alpha`;
  await api.gateway({ name });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.row(name).getByText("Disabled", { exact: true })).toBeVisible();
});
