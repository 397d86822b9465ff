// Users: who may sign in.

import { Api } from "./support/api";
import { Card } from "./support/card";
import { people } from "./support/people";
import { Registry } from "./support/registry";
import { SignInPage } from "./support/sign-in";
import { expect, hydrated, reload, test, visit } from "./support/test";

test("a user is created with a role and a first password, edited and removed", async ({ page, tag }) => {
  const registry = new Registry(page, "users");
  const card = new Card(page);
  await registry.open({ q: tag });
  await registry.add.click();
  await expect(page).toHaveURL("/users/new");
  await card.field("Name").fill(`${tag}.taras`);
  await page.getByRole("checkbox", { name: "Viewer", exact: true }).check();
  await card.field("Password").fill("short");
  await card.field("Password").blur();
  await expect(page.getByText("Use at least 10 characters.")).toBeVisible();
  await card.field("Password").fill("a first password");
  await card.saved();
  await expect(page).toHaveURL(/\/users\/\d+$/);
  await page.getByRole("checkbox", { name: "Operator", exact: true }).check();
  await card.saved();
  await reload(page);
  await expect(page.getByRole("checkbox", { name: "Viewer", exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Operator", exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Administrator", exact: true })).not.toBeChecked();

  await registry.open({ q: tag });
  await expect(registry.row(`${tag}.taras`)).toContainText("Operator");
  await expect(registry.row(`${tag}.taras`)).toContainText("Viewer");
  await registry.remove(`${tag}.taras`).click();
  await registry.yes();
  await expect(registry.row(`${tag}.taras`)).toHaveCount(0);
});

test("a user who is disabled is signed out and can't sign in", async ({ page, open, newUser, guard }) => {
  guard.allowStatus(401, 403, 422);
  const user = await newUser("Viewer");
  const theirs = await open(user);
  await visit(theirs, "/chat-gateways");
  await expect(new Registry(theirs).heading).toBeVisible();

  const card = new Card(page);
  await visit(page, `/users/${user.id}`);
  await page.getByRole("checkbox", { name: "Disabled", exact: true }).check();
  await card.saved();

  await theirs.goto("/flows");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await hydrated(theirs);
  await new SignInPage(theirs).signIn(user.name, user.password);
  await expect(theirs.getByText("The name or the password is wrong.")).toBeVisible();
});

test("a new password from an administrator must be changed at the next sign-in", async ({ page, newUser, open, api }) => {
  const user = await newUser("Viewer");
  const { version } = await api.call<{ version: number }>("users/get", { id: user.id });
  await api.call("users/update", { id: user.id, version, fields: { password: "set by the administrator" } });
  const theirs = await open(undefined);
  await visit(theirs, "/sign-in");
  await new SignInPage(theirs).signIn(user.name, "set by the administrator");
  await expect(theirs).toHaveURL(/\/password/);
  await visit(page, "/users");
});

test("the last administrator is neither removed nor disabled nor demoted", async ({ page, api, guard }) => {
  guard.allowStatus(409, 422, 403);
  const { name } = people.administrator;
  const registry = new Registry(page, "users");
  await registry.open({ q: name });
  await registry.remove(name).click();
  await registry.yes();
  await expect(page.getByText(/administrator|yourself|own/i).filter({ hasText: /last|can't|cannot|yourself/i }).first()).toBeVisible();
  await expect(registry.row(name)).toBeVisible();

  const list = await api.call<{ rows: { id: number; name: string }[] }>("users/list", { query: { q: name } });
  const id = list.rows.find((row) => row.name === name)?.id ?? 0;
  await visit(page, `/users/${id}`);
  const card = new Card(page);
  await page.getByRole("checkbox", { name: "Administrator", exact: true }).uncheck();
  await card.save.click();
  await expect(page.getByText(/last administrator/i).first()).toBeVisible();
  await reload(page).catch(() => {});
  const now = await api.call<{ fields: Record<string, string> }>("users/get", { id });
  expect(now.fields[`role.${await api.roleId("Administrator")}`]).toBe("true");
});

test("a taken name is refused at its field", async ({ page, newUser, guard }) => {
  guard.allowStatus(409, 422);
  const user = await newUser("Viewer");
  const card = new Card(page);
  await visit(page, "/users/new");
  await card.field("Name").fill(user.name.toUpperCase());
  await card.field("Password").fill("a first password");
  await card.save.click();
  await card.expectProblem("Name", /taken/);
});

test("signing out everywhere ends the sessions in other browsers too", async ({ newUser, open, playwright, guard }) => {
  guard.allowStatus(401);
  const user = await newUser("Viewer");
  const first = await open(user);
  const second = await open(user);
  await visit(first, "/chat-gateways");
  await visit(second, "/chat-gateways");
  await first.getByRole("button", { name: new RegExp(user.name) }).click();
  await first.getByRole("button", { name: "Sign out everywhere" }).or(first.getByRole("menuitem", { name: "Sign out everywhere" })).click();
  await expect(first).toHaveURL(/\/sign-in/);
  await second.goto("/flows");
  await expect(second).toHaveURL(/\/sign-in/);
  const api = await Api.signedIn(playwright);
  await api.signIn(user.name, user.password);
  await api.dispose();
});
