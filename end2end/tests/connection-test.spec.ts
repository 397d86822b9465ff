// "Test connection": what is typed is tried before it is saved. No messenger is asked here.

import { Card } from "./support/card";
import { expect, test } from "./support/test";

test("the settings of an unsaved gateway are tried as they are typed, and nothing is saved", async ({ page, api, tag }) => {
  const card = new Card(page);
  await card.openNew("custom");
  await card.field("App Secret").fill("a-shared-secret");
  await card.field("Callback").fill("https://crm.example.com/replies");
  await card.field("Signature").selectOption({ label: "X-Webitel-Sign (older)" });
  const button = page.getByRole("button", { name: "Test connection" });
  await button.click();
  const outcome = card.status.filter({ hasText: "The connection works." });
  await expect(outcome).toContainText("You are crm.example.com there.");
  await card.field("Callback").fill("https://other.example.com/replies");
  await expect(outcome, "what was found out is not about these settings").toHaveCount(0);
  expect(await api.namesOfGateways(tag)).toEqual([]);
});

test("a saved gateway is tried with the secret that it has, and a refusal is said in words", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Callback").fill("https://10.0.0.5/replies");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(card.status.filter({ hasText: "allowed_hosts" })).toBeVisible();
  expect((await api.getGateway(gateway.id)).fields["settings.webhook"]).not.toContain("10.0.0.5");
});

test("a mistake is shown at its field", async ({ page, guard }) => {
  guard.allowStatus(422);
  const card = new Card(page);
  await card.openNew("custom");
  await card.field("Callback").fill("https://crm.example.com/replies");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(card.field("App Secret")).toBeFocused();
  await expect(card.field("App Secret")).toHaveAttribute("aria-invalid", "true");
});

test("a viewer can't try a connection, and is told why", async ({ open, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const page = await open("viewer");
  await new Card(page).open(gateway.id);
  const button = page.getByRole("button", { name: "Test connection" });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/You can read this chat gateway but not change it/);
});
