// Product 3.2: the card as a form over several tabs.

import { Card } from "./support/card";
import { Registry } from "./support/registry";
import { expect, hydrated, reload, test } from "./support/test";

test("Save becomes active with a valid change, and after the first save the card is the saved gateway's", async ({ page, api, tag }) => {
  const card = new Card(page);
  await card.openNew("custom");
  await expect(card.save).toBeDisabled();
  await card.field("Name").fill(`${tag} Alpha`);
  await card.field("App Secret").fill("a-shared-secret");
  await card.field("Callback").fill("https://crm.example.com/replies");
  await card.saved();
  await expect(page).toHaveURL(/\/chat-gateways\/\d+\/general$/);
  await expect(card.heading).toHaveText(`${tag} Alpha`);
  await expect(card.breadcrumb.getByRole("link", { name: "Chat gateways" })).toHaveAttribute("href", /^\/chat-gateways/);
  await expect(card.breadcrumb).toContainText(`${tag} Alpha`);
  await expect(page).toHaveTitle(`${tag} Alpha · Chat Gateways`);
  await expect(page.getByRole("switch", { name: `Enable ${tag} Alpha` })).not.toBeChecked();
  expect(await api.namesOfGateways(tag)).toEqual([`${tag} Alpha`]);

  await page.goBack();
  await expect(page, "the form of the unsaved gateway is not in the history any more").not.toHaveURL(/\/new\//);
});

test("Ctrl+S saves, and taking a change back makes Save inactive again", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").fill(`${tag} Beta`);
  await expect(card.save).toBeEnabled();
  await card.field("Name").fill(`${tag} Alpha`);
  await expect(card.save).toBeDisabled();
  await card.field("Name").fill(`${tag} Beta`);
  await page.keyboard.press("Control+s");
  await card.saidSaved();
  expect((await api.getGateway(gateway.id)).fields.name).toBe(`${tag} Beta`);
});

test("the tabs are one form: switching loses nothing, and a tab with an error carries a mark", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").fill(`${tag} Beta`);
  await card.openTab("Templates");
  await card.field("Agent joining message").fill("Hello ${nobody}");
  await card.openTab("General");
  await expect(card.field("Name")).toHaveValue(`${tag} Beta`);
  await expect(card.tab("Templates")).toHaveAccessibleName(/has errors/);
  await expect(card.save).toBeDisabled();
  await card.openTab("Templates");
  await card.expectProblem("Agent joining message", /no variable “nobody”/);
  await card.field("Agent joining message").fill("Hello ${first_name}");
  await expect(card.tab("Templates")).not.toHaveAccessibleName(/has errors/);
  await card.saved();
  await reload(page);
  await expect(page).toHaveURL(`/chat-gateways/${gateway.id}/templates`);
  await expect(card.field("Agent joining message")).toHaveValue("Hello ${first_name}");
});

test("choosing a flow schema fills an empty name, and the choice is searched", async ({ page, api, tag }) => {
  await api.flow(`${tag} Front desk`);
  await api.flow(`${tag} Night duty`);
  const card = new Card(page);
  await card.openNew("web_chat");
  await card.openTab("Chat");
  await card.flow.fill(`${tag}`);
  await expect(page.getByRole("option")).toHaveCount(2);
  await card.flow.fill(`${tag} front`);
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(card.flow).toHaveValue(`${tag} Front desk`);
  await card.openTab("General");
  await expect(card.field("Name")).toHaveValue(`${tag} Front desk`);
});

test("the switch in the card's header enables the gateway", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id });
  const card = new Card(page);
  await card.open(gateway.id);
  const toggle = page.getByRole("switch", { name: `Enable ${tag} Alpha` });
  await toggle.click();
  await expect(toggle).toBeChecked();
  await expect.poll(async () => (await api.getGateway(gateway.id)).enabled).toBe(true);
  await card.field("Name").fill(`${tag} Beta`);
  await card.saved();
  expect((await api.getGateway(gateway.id)).enabled, "a save leaves the State alone").toBe(true);
});

test("Close leads back to the registry", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.close.click();
  await expect(page).toHaveURL(/\/chat-gateways(\?|$)/);
  await expect(new Registry(page).heading).toBeVisible();
});

test("leaving with unsaved changes asks, and staying keeps what was typed", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.edit(`${tag} Alpha`).click();
  await card.field("Name").fill(`${tag} Beta`);
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  const ways: [string, () => Promise<unknown>][] = [
    ["Close", () => card.close.click()],
    ["a link", () => page.getByRole("link", { name: "Users", exact: true }).click()],
    ["the back button", () => page.goBack()],
  ];
  for (const [way, leave] of ways) {
    await leave();
    await expect(dialog, way).toBeVisible();
    await dialog.getByRole("button", { name: "Stay" }).click();
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(`/chat-gateways/${gateway.id}/general`);
    await expect(card.field("Name")).toHaveValue(`${tag} Beta`);
  }
  await card.close.click();
  await dialog.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page).toHaveURL(/\/chat-gateways(\?|$)/);
  expect((await api.getGateway(gateway.id)).fields.name).toBe(`${tag} Alpha`);
});

test("the browser asks before a reload throws changes away", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").pressSequentially(" typed");
  const asked = page.waitForEvent("dialog");
  const reloading = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.accept();
  await reloading;
  await hydrated(page);
  await expect(card.field("Name")).toHaveValue(`${tag} Alpha`);
});

test("the second of two administrators who save is told what has changed and overwrites nothing", async ({ page, open, api, tag, guard }) => {
  guard.allowStatus(409);
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  const other = new Card(await open("operator"));
  await other.open(gateway.id);
  await other.field("Name").fill(`${tag} Theirs`);
  await other.saved();

  await card.field("Callback").fill("https://mine.example.com/replies");
  await card.save.click();
  const banner = page.getByRole("alert").filter({ hasText: "olena.operator" });
  await expect(banner).toBeVisible();
  await expect(banner).toContainText("Name");
  await expect(card.field("Callback"), "what was typed is still there").toHaveValue("https://mine.example.com/replies");
  const now = await api.getGateway(gateway.id);
  expect(now.fields.name).toBe(`${tag} Theirs`);
  expect(now.fields["settings.webhook"]).not.toContain("mine");
});
