// The tabs Deliveries and Conversations. The customer's system of a custom gateway is the test itself; what the flow
// answers can't be delivered, because the callback is a private address.

import { Card } from "./support/card";
import { expect, hydrated, test } from "./support/test";
import type { Api, GatewayCard } from "./support/api";

const program = '[{ "sendText": "Good day" }, { "recvMessage": { "set": "answer" } }]';

async function talkative(api: Api, tag: string): Promise<GatewayCard> {
  const flow = await api.flow(`${tag} flow`, "code", { program });
  const fields = { "settings.webhook": "https://10.0.0.5/replies" };
  return api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields, enabled: true });
}

test("a gateway to which nobody wrote says so on both tabs", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.openTab("Deliveries");
  await expect(page.getByText("Nothing came or went yet")).toBeVisible();
  await card.openTab("Conversations");
  await expect(page.getByText("Nobody has talked with it yet")).toBeVisible();
});

test("what comes in and goes out is listed, filtered by the address, and told in full", async ({ page, api, tag }) => {
  const gateway = await talkative(api, tag);
  const card = new Card(page);
  await card.open(gateway.id, "deliveries");
  await api.say(gateway, "Is anybody there?");
  const table = page.getByRole("table", { name: "Deliveries" });
  await expect(table.getByRole("row").filter({ hasText: "failed" }), "it comes by itself").toHaveCount(1, { timeout: 12_000 });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(card.tab("Deliveries")).toHaveAccessibleName("Deliveries 1 needs attention");

  await page.getByRole("navigation", { name: "Direction" }).getByRole("link", { name: "In", exact: true }).click();
  await expect(page).toHaveURL(`/chat-gateways/${gateway.id}/deliveries?way=in`);
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByLabel("Result").selectOption({ label: "Needs attention" });
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.goBack();
  await hydrated(page);
  await expect(table.getByRole("row")).toHaveCount(2);

  await table.getByRole("link", { name: "Is anybody there?" }).click();
  await expect(page.getByRole("heading", { name: "From Olha" })).toBeVisible();
  await expect(page.getByText("The flow has seen it.")).toBeVisible();
  await expect(page.getByLabel("The request as it came").locator("visible=true").first()).toContainText("message.created");
  await page.getByRole("link", { name: "All deliveries" }).click();
  await expect(page, "the way back keeps the filter").toHaveURL(`/chat-gateways/${gateway.id}/deliveries?way=in`);
});

test("what failed is sent again, one or all", async ({ page, api, tag }) => {
  const gateway = await talkative(api, tag);
  await api.say(gateway, "Hello");
  const card = new Card(page);
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  await card.open(gateway.id, "deliveries");
  await page.getByRole("table", { name: "Deliveries" }).getByRole("link", { name: "Good day" }).click();
  await expect(page.getByText(/allowed_hosts/).first()).toBeVisible();
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(card.status.filter({ hasText: "It is tried again." })).toBeVisible();
  await page.getByRole("link", { name: "All deliveries" }).click();
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  await page.getByRole("button", { name: "Refresh" }).click();
  await page.getByRole("button", { name: "Retry all (1)" }).click();
  const dialog = page.getByRole("dialog", { name: "Retry all?" });
  await dialog.getByRole("button", { name: "Retry all" }).click();
  await expect(card.status.filter({ hasText: "1 entry is tried again." })).toBeVisible();
});

test("a conversation is listed, shows where it stands, and is ended", async ({ page, api, tag }) => {
  const gateway = await talkative(api, tag);
  await api.say(gateway, "Hello");
  const card = new Card(page);
  await card.open(gateway.id, "conversations");
  const table = page.getByRole("table", { name: "Conversations" });
  await expect(table.getByRole("row").filter({ hasText: "Olha" }), "it comes by itself").toContainText("running", { timeout: 12_000 });
  await table.getByRole("link", { name: "Olha" }).click();
  await expect(page.getByRole("heading", { name: "With Olha" })).toBeVisible();
  await expect(page.getByText("a message, or the end of a pause")).toBeVisible();
  await page.getByRole("button", { name: "End conversation" }).click();
  const dialog = page.getByRole("dialog", { name: "End conversation?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "End conversation" }).click();
  await dialog.getByRole("button", { name: "End conversation" }).click();
  await expect(page.getByText("admin ended the conversation.")).toBeVisible({ timeout: 12_000 });
  await expect(page.getByRole("button", { name: "End conversation" })).toHaveCount(0);
  await page.getByRole("link", { name: "All conversations" }).click();
  await expect(table.getByRole("row").filter({ hasText: "Olha" })).toContainText("ended by hand");
  await page.getByRole("link", { name: "Running (0)" }).click();
  await expect(page.getByText("Nothing matches")).toBeVisible();
});

test("what is typed on the form's tabs stays while the log and an entry are looked at", async ({ page, api, tag }) => {
  const gateway = await talkative(api, tag);
  await api.say(gateway, "Hello");
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").fill(`${tag} Beta`);
  await card.openTab("Deliveries");
  await page.getByRole("table", { name: "Deliveries" }).getByRole("link", { name: "Hello" }).click();
  await expect(page.getByRole("heading", { name: "From Olha" })).toBeVisible();
  await card.openTab("Conversations");
  await card.openTab("General");
  await expect(card.field("Name")).toHaveValue(`${tag} Beta`);
  await card.openTab("Deliveries");
  await card.saved();
  expect((await api.getGateway(gateway.id)).fields.name).toBe(`${tag} Beta`);
});

test("news wait while somebody reads the log", async ({ page, api, tag }) => {
  const gateway = await talkative(api, tag);
  await api.say(gateway, "first");
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  const card = new Card(page);
  await card.open(gateway.id, "deliveries");
  const table = page.getByRole("table", { name: "Deliveries" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await table.getByRole("link", { name: "first" }).focus();
  await api.say(gateway, "second");
  const newer = page.getByRole("button", { name: /^1 new entry$/ });
  await expect(newer).toBeVisible({ timeout: 12_000 });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table.getByRole("link", { name: "first" })).toBeFocused();
  await newer.click();
  await expect(table.getByRole("link", { name: "second" })).toBeVisible();
});

test("a viewer reads both tabs, and is told why they may do nothing there", async ({ open, api, tag }) => {
  const gateway = await talkative(api, tag);
  await api.say(gateway, "Hello");
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  const page = await open("viewer");
  await new Card(page).open(gateway.id, "deliveries");
  await expect(page.getByRole("button", { name: "Retry all (1)" })).toBeDisabled();
  await page.getByRole("link", { name: "Good day" }).click();
  await expect(page.getByRole("button", { name: "Send again" })).toBeDisabled();
});

test("an entry that is not there answers 404, and so does an entry of a tab that has none", async ({ page, api, tag, guard }) => {
  guard.allowStatus(404);
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  for (const rest of ["deliveries/999999999", "deliveries/none", "conversations/999999999", "general/1", "history/1"]) {
    const answer = await page.goto(`/chat-gateways/${gateway.id}/${rest}`);
    expect(answer?.status(), rest).toBe(404);
  }
});
