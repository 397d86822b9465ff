// A session that ends in the middle of a form.

import { Card } from "./support/card";
import { people } from "./support/people";
import { Registry } from "./support/registry";
import { SignInPage } from "./support/sign-in";
import { expect, test } from "./support/test";

test("an ended session asks to sign in again over the card, and then saves what was typed", async ({ page, context, api, tag, guard }) => {
  guard.allowStatus(401);
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.field("Name").fill(`${tag} Beta`);
  await context.clearCookies();
  await card.save.click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await new SignInPage(page, dialog).signIn(people.administrator.name, people.administrator.password);
  await expect(dialog).toBeHidden();
  await card.saidSaved();
  await expect(card.field("Name")).toHaveValue(`${tag} Beta`);
  expect((await api.getGateway(gateway.id)).fields.name).toBe(`${tag} Beta`);
});

test("an ended session in the registry asks to sign in again and then goes on", async ({ page, context, api, tag, guard }) => {
  guard.allowStatus(401);
  await api.gateways(`${tag} a`, `${tag} b`);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.checkbox(`${tag} a`).check();
  await context.clearCookies();
  await registry.deleteSelected.click();
  await registry.yes();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  guard.allowStatus(403, 422);
  await new SignInPage(page, dialog).signIn(people.administrator.name, "not the password");
  await expect(dialog.getByText("The name or the password is wrong.")).toBeVisible();
  await new SignInPage(page, dialog).signIn(people.administrator.name, people.administrator.password);
  await registry.shows(`${tag} b`);
});
