// Product 6: how a gateway fares, in the registry and on its card. No messenger is asked: a custom gateway of the older
// contract connects without a call, and one whose callback is a private address can't be called at all.

import { Card } from "./support/card";
import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

const older = { "settings.signature": "webitel_sign" };
const forbidden = { "settings.webhook": "https://10.0.0.5/replies" };

test("the health stands beside the switch and follows what is observed, without marking the row", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields: older, enabled: true });
  const name = `${tag} Alpha`;
  const registry = new Registry(page);
  await registry.openListening({ q: tag });
  await expect(registry.health(name)).toHaveAccessibleName("Health: Connected");
  await expect(registry.health(name)).toHaveAccessibleDescription(/^Connected since \d{4}-\d\d-\d\d .* UTC, .*Something is left to do before messages come/);
  await registry.checkbox(name).check();
  await registry.toggle(name).focus();
  // Whatever the row shows for a moment is kept.
  await registry.row(name).evaluate((row) => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const word = row.querySelector(".health")?.getAttribute("data-health") ?? "";
      if (seen.at(-1) !== word) seen.push(word);
      if (row.hasAttribute("data-changed")) seen.push("marked");
    }).observe(row, { subtree: true, attributes: true });
  });
  const answer = page.waitForResponse("**/api/gateways/list");
  await api.call("gateways/register_again", { id: gateway.id, take_over: false });
  await answer;
  await expect(registry.health(name)).toHaveAccessibleName("Health: Connected");
  await expect(registry.toggle(name)).toBeFocused();
  await expect(registry.checkbox(name)).toBeChecked();
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).not.toContain("marked");
});

test("turning the switch on is followed by what comes of it", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields: forbidden });
  const name = `${tag} Alpha`;
  const registry = new Registry(page);
  await registry.openListening({ q: tag });
  await expect(registry.health(name)).toHaveAccessibleName("Health: Disabled");
  await registry.toggle(name).click();
  await expect(registry.health(name)).toHaveAccessibleName("Health: Misconfigured");
  await expect(registry.health(name)).toHaveAccessibleDescription(/open the chat gateway and choose “Open settings”/);
  await page.keyboard.press("Tab");
  await expect(registry.health(name)).toBeFocused();
  const tip = await registry.health(name).evaluate((link) => getComputedStyle(link, "::after").content);
  expect(tip, "the tooltip comes with the focus, too").toContain("Misconfigured since");
  await registry.toggle(name).click();
  await expect(registry.health(name)).toHaveAccessibleName("Health: Disabled");
});

test("the card says how the gateway fares, and news leave alone what is typed", async ({ page, open, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields: older });
  const card = new Card(page);
  const listening = page.waitForResponse("**/events");
  await card.open(gateway.id);
  await listening;
  await expect(card.health).toContainText("Disabled");
  await card.field("Name").fill(`${tag} Beta`);
  const other = new Registry(await open("operator"));
  await other.open({ q: tag });
  await other.toggle(`${tag} Alpha`).click();
  await expect(card.health).toContainText("Connected");
  await expect(card.health).toContainText("crm.example.com");
  await expect(page.getByRole("banner").or(page.getByRole("main")).getByRole("link", { name: "Health: Connected" })).toBeVisible();
  await expect(card.field("Name")).toHaveValue(`${tag} Beta`);
  await expect(card.field("Name")).toBeFocused();
  await card.saved();
  expect((await api.getGateway(gateway.id)).fields.name).toBe(`${tag} Beta`);
});

test("what happened before a page listened is seen as soon as it does", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields: forbidden });
  /** Holds the line up until the gateway was switched and looked at. */
  const meanwhile = async (on: boolean, state: string) => {
    await page.route("**/events", async (route) => {
      await api.setEnabled(gateway.id, on);
      await expect.poll(() => api.health(gateway.id)).toBe(state);
      await route.continue();
    });
  };
  await meanwhile(true, "misconfigured");
  const card = new Card(page);
  await card.open(gateway.id);
  await expect(card.health).toContainText("Misconfigured");
  await page.unroute("**/events");
  await meanwhile(false, "disabled");
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.health(`${tag} Alpha`)).toHaveAccessibleName("Health: Disabled");
});

test("“Open settings” leads to the settings", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields: forbidden, enabled: true });
  const card = new Card(page);
  await card.open(gateway.id, "templates");
  await card.health.getByRole("link", { name: "Open settings" }).click();
  await expect(card.tab("General")).toHaveAttribute("aria-current", "page");
  await expect(card.field("Callback")).toBeFocused();
});

test("a viewer sees what could be done, and why they may not", async ({ open, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields: forbidden, enabled: true });
  await expect.poll(() => api.health(gateway.id)).toBe("misconfigured");
  const page = await open("viewer");
  const card = new Card(page);
  await card.open(gateway.id);
  const button = card.health.getByRole("button", { name: "Open settings" });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/right to change/);
});
