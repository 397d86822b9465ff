// The tab History: who did what and when.

import { Card } from "./support/card";
import { expect, test } from "./support/test";

test("History names who created, changed, enabled and disabled, with the fields and never a secret", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, enabled: true });
  await api.setEnabled(gateway.id, false);
  await api.updateGateway(gateway.id, { name: `${tag} Beta`, "secret.secret": "planted-history-secret" });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.openTab("History");
  await expect(page).toHaveURL(`/chat-gateways/${gateway.id}/history`);
  const entries = page.getByRole("list", { name: "History" }).getByRole("listitem");
  await expect(entries).toHaveCount(4);
  await expect(entries.nth(0)).toContainText(/admin.*changed/);
  await expect(entries.nth(0)).toContainText(`${tag} Alpha`);
  await expect(entries.nth(0)).toContainText(`${tag} Beta`);
  await expect(entries.nth(0)).toContainText("App Secret");
  await expect(entries.nth(1)).toContainText("disabled");
  await expect(entries.nth(2)).toContainText("enabled");
  await expect(entries.nth(3)).toContainText("created");
  await expect(entries.nth(0).getByRole("time")).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT/);
  expect(await page.content()).not.toContain("planted-history-secret");
});

test("a save in the card appears in its History", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").fill(`${tag} Beta`);
  await card.saved();
  await card.openTab("History");
  await expect(page.getByRole("listitem").filter({ hasText: "changed" }).filter({ hasText: `${tag} Beta` })).toHaveCount(1);
});
