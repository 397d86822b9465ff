// Product 4: what a page shows to whom. That the server decides is tested with the server functions.

import { Card } from "./support/card";
import { Registry } from "./support/registry";
import { expect, test, visit } from "./support/test";

test("a viewer sees the registry without Add, without checkboxes, without removal, with inert switches", async ({ open, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  await api.gateway({ name: `${tag} Alpha`, flow: flow.id });
  const page = await open("viewer");
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.shows(`${tag} Alpha`);
  await expect(page.getByRole("button", { name: "Add", exact: true })).toHaveCount(0);
  await expect(registry.table.getByRole("checkbox")).toHaveCount(0);
  await expect(registry.remove(`${tag} Alpha`)).toHaveCount(0);
  const toggle = registry.toggle(`${tag} Alpha`);
  await expect(toggle).toBeDisabled();
  const reason = registry.row(`${tag} Alpha`).locator("[data-tip*='right'], [title*='right']").first();
  await expect(reason, "the reason is said").toBeVisible();
});

test("a viewer's card is read-only and has no Save", async ({ open, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const page = await open("viewer");
  const card = new Card(page);
  await card.open(gateway.id);
  await expect(card.heading).toHaveText(`${tag} Alpha`);
  await expect(card.field("Name")).not.toBeEditable();
  await expect(card.field("Callback")).not.toBeEditable();
  await expect(page.getByRole("button", { name: /^Replace/ })).toHaveCount(0);
  await expect(card.save).toHaveCount(0);
  await expect(page.getByRole("switch", { name: `Enable ${tag} Alpha` })).toBeDisabled();
  await card.openTab("Templates");
  await expect(card.field("Agent joining message")).not.toBeEditable();
});

test("an operator edits and switches gateways, but neither adds nor deletes them", async ({ open, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  await api.gateway({ name: `${tag} Alpha`, flow: flow.id });
  const page = await open("operator");
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(page.getByRole("button", { name: "Add", exact: true })).toHaveCount(0);
  await expect(registry.table.getByRole("checkbox")).toHaveCount(0);
  await expect(registry.remove(`${tag} Alpha`)).toHaveCount(0);
  await registry.toggle(`${tag} Alpha`).click();
  await expect(registry.toggle(`${tag} Alpha`)).toHaveAttribute("aria-checked", "true");
  await registry.edit(`${tag} Alpha`).click();
  const card = new Card(page);
  await card.field("Name").fill(`${tag} Beta`);
  await card.saved();
});

test("without a right to read, a section is not in the navigation and answers 403 in words", async ({ open, guard }) => {
  guard.allowStatus(403);
  const page = await open("stranger");
  for (const address of ["/chat-gateways", "/flows", "/users", "/roles"]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(403);
    await expect(page.getByText("You have no access to this section").first()).toBeVisible();
  }
  await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link")).toHaveCount(0);
});

test("a role of one's own is shown as granted: create without delete", async ({ open, newUser, api, tag }) => {
  await api.role(`${tag} Author`, { chat_gateways: "cr" });
  const user = await newUser(`${tag} Author`);
  await api.gateway({ name: `${tag} Alpha` });
  const page = await open(user);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.add).toBeVisible();
  await expect(registry.table.getByRole("checkbox")).toHaveCount(0);
  await expect(registry.toggle(`${tag} Alpha`)).toBeDisabled();
  const links = page.getByRole("navigation", { name: "Sections" }).getByRole("link");
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAccessibleName("Chat gateways");
});

test("a viewer who opens the form of a new gateway is told that they may not", async ({ open, guard }) => {
  guard.allowStatus(403);
  const page = await open("viewer");
  const answer = await page.goto("/chat-gateways/new/custom/general");
  expect(answer?.status()).toBe(403);
  await expect(page.getByText(/no (right|access)/).first()).toBeVisible();
});

test("a user without the right to read flow schemas sees the flow's name, and the card says why it can't be chosen", async ({ open, newUser, api, tag }) => {
  await api.role(`${tag} Only gateways`, { chat_gateways: "ru" });
  const user = await newUser(`${tag} Only gateways`);
  const flow = await api.flow(`${tag} flow`);
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id });
  const page = await open(user);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.row(`${tag} Alpha`)).toContainText(flow.fields.name ?? "");
  await visit(page, `/chat-gateways/${gateway.id}/general`);
  await new Card(page).field("Name").fill(`${tag} Beta`);
  await new Card(page).saved();
  expect((await api.getGateway(gateway.id)).fields.flow).toBe(String(flow.id));
});
